//! Bodies of requests, taken apart in one pass and no further than they have to be.

use std::fmt;
use std::marker::PhantomData;

use clarify_attributes::JsonText;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The members of the outermost object, as their JSON. Here and below, the last of two members of one
/// name counts.
pub(super) struct Envelope<'b, D> {
    pub(super) data: Option<D>,
    pub(super) items: Option<&'b str>,
    pub(super) match_on: Option<&'b str>,
    pub(super) meta: Option<&'b str>,
}

/// What stands at `data` where that is to be a record, or several.
pub(super) enum Data<'b> {
    Record(Resource<'b>),
    List(Vec<Self>),
    /// Neither of them, but this sort of JSON.
    Other(&'static str),
}

/// The members of a record, as their JSON.
#[derive(Default)]
pub(super) struct Resource<'b> {
    pub(super) id: Option<&'b str>,
    pub(super) object: Option<&'b str>,
    pub(super) attributes: Option<&'b str>,
    pub(super) relationships: Option<&'b str>,
}

impl<'b> Data<'b> {
    /// The record, or what else there is.
    pub(super) fn record(&self) -> Result<&Resource<'b>, &'static str> {
        match self {
            Self::Record(resource) => Ok(resource),
            other => Err(other.shape()),
        }
    }

    /// What sort of JSON it is.
    pub(super) const fn shape(&self) -> &'static str {
        match self {
            Self::Record(_) => "an object",
            Self::List(_) => "a list",
            Self::Other(shape) => shape,
        }
    }
}

impl<'de, D: Deserialize<'de>> Deserialize<'de> for Envelope<'de, D> {
    fn deserialize<S: Deserializer<'de>>(json: S) -> Result<Self, S::Error> {
        json.deserialize_map(OfEnvelope(PhantomData))
    }
}

struct OfEnvelope<D>(PhantomData<D>);

impl<'de, D: Deserialize<'de>> Visitor<'de> for OfEnvelope<D> {
    type Value = Envelope<'de, D>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut read = Envelope { data: None, items: None, match_on: None, meta: None };
        while let Some(name) = map.next_key::<JsonText<'_>>()? {
            match &*name {
                "data" => read.data = Some(map.next_value()?),
                "items" => read.items = Some(value(&mut map)?),
                "match_on" => read.match_on = Some(value(&mut map)?),
                "meta" => read.meta = Some(value(&mut map)?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(read)
    }
}

/// The JSON of a member.
fn value<'de, A: MapAccess<'de>>(map: &mut A) -> Result<&'de str, A::Error> {
    Ok(map.next_value::<&RawValue>()?.get())
}

impl<'de> Deserialize<'de> for Data<'de> {
    fn deserialize<S: Deserializer<'de>>(json: S) -> Result<Self, S::Error> {
        json.deserialize_any(OfData)
    }
}

struct OfData;

impl<'de> Visitor<'de> for OfData {
    type Value = Data<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut read = Resource::default();
        while let Some(name) = map.next_key::<JsonText<'_>>()? {
            match &*name {
                "id" => read.id = Some(value(&mut map)?),
                "type" => read.object = Some(value(&mut map)?),
                "attributes" => read.attributes = Some(value(&mut map)?),
                "relationships" => read.relationships = Some(value(&mut map)?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Data::Record(read))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut read = Vec::new();
        while let Some(element) = list.next_element()? {
            read.push(element);
        }
        Ok(Data::List(read))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Data::Other("null"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Data::Other("a boolean"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Data::Other("a string"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Data::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Data::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Data::Other("a number"))
    }
}
