//! Structs in serde's formats, as its derives would write them. For these few alone, every program with this
//! library would build the crate of the derives.

use std::fmt;
use std::marker::PhantomData;

use serde_core::Deserializer;
use serde_core::de::{Deserialize, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

/// Writes and reads a struct as its members, each under its name. Those with `or_default` may be left out.
macro_rules! members {
    ($type:ident $(<$of:ident>)? { $($member:ident $(: $or:ident)?),* }) => {
        const _: () = {
            use serde_core::ser::{Serialize, SerializeStruct, Serializer};

            impl $(<$of: Serialize>)? Serialize for $type $(<$of>)? {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let count = [$(stringify!($member)),*].len();
                    let mut members = serializer.serialize_struct(stringify!($type), count)?;
                    $(members.serialize_field(stringify!($member), &self.$member)?;)*
                    members.end()
                }
            }
        };
        $crate::members::read_members!($type $(<$of>)? { $($member $(: $or)?),* });
    };
}

/// Reads a struct from its members.
macro_rules! read_members {
    ($type:ident $(<$of:ident>)? { $($member:ident $(: $or:ident)?),* }) => {
        const _: () = {
            use serde_core::de::{Deserialize, Deserializer, IgnoredAny};
            use serde_core::de::{MapAccess, SeqAccess, Visitor};
            use $crate::members::{Member, Members, Name};

            impl<'de $(, $of: Deserialize<'de>)?> Deserialize<'de> for $type $(<$of>)? {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let members = Members::<Self>::new(&[$(stringify!($member)),*]);
                    deserializer.deserialize_struct(stringify!($type), members.names, members)
                }
            }

            impl<'de $(, $of: Deserialize<'de>)?> Visitor<'de> for Members<$type $(<$of>)?> {
                type Value = $type $(<$of>)?;

                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(concat!("struct ", stringify!($type)))
                }

                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                    $(let mut $member = Member::new(stringify!($member));)*
                    while let Some(name) = map.next_key_seed(Name(self.names))? {
                        match &*name {
                            $(stringify!($member) => $member.read(&mut map)?,)*
                            _ => _ = map.next_value::<IgnoredAny>()?,
                        }
                    }
                    Ok($type { $($member: $member $(.$or())? .needed()?),* })
                }

                fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                    $(let $member = Member::next(stringify!($member), &mut seq)?;)*
                    Ok($type { $($member: $member $(.$or())? .needed()?),* })
                }
            }
        };
    };
}

pub(crate) use {members, read_members};

/// What reads a `T` from its members.
pub(crate) struct Members<T> {
    pub(crate) names: &'static [&'static str],
    of: PhantomData<T>,
}

impl<T> Members<T> {
    pub(crate) const fn new(names: &'static [&'static str]) -> Self {
        Self { names, of: PhantomData }
    }
}

/// A name, which compact formats may have as its place among these.
pub(crate) struct Name(pub(crate) &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<String, E> {
        Ok(name.to_owned())
    }

    fn visit_u64<E: Error>(self, place: u64) -> Result<String, E> {
        let name = usize::try_from(place).ok().and_then(|place| self.0.get(place));
        Ok(name.map_or_else(|| place.to_string(), |name| (*name).to_owned()))
    }
}

/// A member of a struct, which may have been read.
pub(crate) struct Member<T> {
    name: &'static str,
    value: Option<T>,
}

impl<'de, T: Deserialize<'de>> Member<T> {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, value: None }
    }

    pub(crate) fn next<A: SeqAccess<'de>>(
        name: &'static str,
        seq: &mut A,
    ) -> Result<Self, A::Error> {
        Ok(Self { name, value: seq.next_element()? })
    }

    pub(crate) fn read<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        if self.value.is_some() {
            return Err(A::Error::duplicate_field(self.name));
        }
        self.value = Some(map.next_value()?);
        Ok(())
    }

    pub(crate) fn or_default(self) -> Self
    where
        T: Default,
    {
        Self { value: Some(self.value.unwrap_or_default()), ..self }
    }

    pub(crate) fn needed<E: Error>(self) -> Result<T, E> {
        self.value.ok_or_else(|| E::missing_field(self.name))
    }
}

#[cfg(test)]
mod tests {
    use serde_core::de::value::{Error, SeqDeserializer, U32Deserializer};
    use serde_json::{Value, from_value, json};

    use super::*;
    use crate::import::{Checkpoint, Progress};
    use crate::{Attributes, Explanation, Outcome, PersonName, Record, RichText, UnreadableRow};

    fn is_kept<T>(json: Value)
    where
        T: serde_core::Serialize + serde_core::de::DeserializeOwned,
    {
        let text = json.to_string();
        let read: T = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
        assert_eq!(serde_json::to_value(from_value::<T>(json.clone()).unwrap()).unwrap(), json);
    }

    fn mistake<T: serde_core::de::DeserializeOwned>(json: Value) -> String {
        from_value::<T>(json).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_was_written_is_read() {
        let problem = json!({ "pointer": "/data", "detail": "odd", "status": 422 });
        is_kept::<Record<Attributes>>(json!({
            "id": "per_1",
            "attributes": { "name": "Ana" },
            "created_at": "2024-03-01T12:00:00Z",
            "updated_at": null,
            "outcome": "matched",
        }));
        is_kept::<UnreadableRow>(json!({ "id": null, "problems": [problem] }));
        is_kept::<Explanation>(
            json!({ "method": "GET", "url": "http://a", "body": "{}", "repeatable": true }),
        );
        is_kept::<Checkpoint>(json!({ "done": 1, "finished": [3], "sent": [2, 4] }));
        is_kept::<PersonName>(json!({ "last_name": "Lee" }));
        is_kept::<RichText>(json!({ "text": [{ "level": 2 }] }));
        let checkpoint = Checkpoint { done: 7, ..Checkpoint::default() };
        assert_eq!(
            from_value::<Checkpoint>(json!({ "done": 7, "later": [] })).unwrap(),
            checkpoint
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(mistake::<Checkpoint>(json!({ "sent": [] })), "missing field `done`");
        assert_eq!(
            mistake::<Progress>(json!("all")),
            "invalid type: string \"all\", expected struct Progress"
        );
        assert_eq!(
            mistake::<Outcome>(json!("lost")),
            "unknown variant `lost`, expected one of `created`, `matched`, `unknown`"
        );
        assert_eq!(
            mistake::<RichText>(json!({ "text": "a" })),
            "expected rich text as `{\"text\": [blocks]}`"
        );
        let twice = serde_json::from_str::<Checkpoint>(r#"{"done": 1, "done": 2}"#).unwrap_err();
        assert!(twice.to_string().starts_with("duplicate field `done`"), "{twice}");
    }

    #[test]
    fn formats_without_names_have_the_members_in_their_order() {
        let numbers = SeqDeserializer::<_, Error>::new(1_u64..=8);
        let progress = Progress::deserialize(numbers).unwrap();
        assert_eq!((progress.created, progress.valid), (1, 8));
        let few = SeqDeserializer::<_, Error>::new([1_u64].into_iter());
        assert_eq!(Progress::deserialize(few).unwrap_err().to_string(), "missing field `matched`");
        let outcome = Outcome::deserialize(U32Deserializer::<Error>::new(1));
        assert_eq!(outcome, Ok(Outcome::Matched));
    }
}
