//! Attributes as they stand on the wire.

use std::fmt;

use clarify_schema::Object;
use serde_core::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_core::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::Attributes;
use crate::codec::{Encoder, Row};
use crate::object::EncodeRow;
use crate::{Condition, ConditionOn, HasUniqueField, RecordType, Sort, SortOn};

/// The attributes of a record as the JSON that stands on the wire: in the service's order, each
/// number with all its digits, and the service's own fields (`_created_at` …) among them. What a
/// program uses that passes records on: [`Records::raw`](crate::Records::raw).
///
/// ```no_run
/// # async fn example(clarify: clarify_core::Client) -> Result<(), clarify_core::Error> {
/// let mut deals = clarify.dynamic("deal")?.raw().list().records();
/// while let Some(deal) = deals.next().await {
///     println!("{}", deal?.attributes.json("amount").unwrap_or("-")); // 999999999999.9999
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct RawAttributes(Vec<(String, Box<RawValue>)>);

impl RawAttributes {
    /// The JSON of a field, if there is such a field.
    #[must_use]
    pub fn json(&self, name: &str) -> Option<&str> {
        self.iter().find_map(|(known, json)| (known == name).then_some(json))
    }

    /// Sets a field to this JSON.
    pub fn set(&mut self, name: impl Into<String>, json: Box<RawValue>) {
        let name = name.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, value)) => *value = json,
            None => self.0.push((name, json)),
        }
    }

    /// Keeps the fields whose names are wanted.
    pub fn retain(&mut self, mut wanted: impl FnMut(&str) -> bool) {
        self.0.retain(|(name, _)| wanted(name));
    }

    /// Each field with its JSON.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, json)| (name.as_str(), json.get()))
    }
}

impl RecordType for RawAttributes {
    fn decode_row(row: &mut dyn Row) -> Option<Self> {
        let mut attributes = Vec::new();
        row.show(&mut |name, json| attributes.push((name.to_owned(), json.to_owned())))?;
        Some(Self(attributes))
    }
}

impl EncodeRow for RawAttributes {
    fn encode_row(&self, object: &Object, row: &mut Encoder<'_>) {
        self.0.iter().for_each(|(name, json)| row.attribute(object, name, json));
    }
}

// Whether the object has one is known at run time alone: an upsert without is an error.
#[diagnostic::do_not_recommend]
impl HasUniqueField for RawAttributes {}

#[diagnostic::do_not_recommend]
impl ConditionOn<RawAttributes> for Condition<Attributes> {
    fn into_condition(self) -> Condition<RawAttributes> {
        self.of()
    }
}

#[diagnostic::do_not_recommend]
impl SortOn<RawAttributes> for Sort<Attributes> {
    fn into_sort(self) -> Sort<RawAttributes> {
        Sort::new(self.field, self.descending)
    }
}

impl<N: Into<String>> FromIterator<(N, Box<RawValue>)> for RawAttributes {
    fn from_iter<I: IntoIterator<Item = (N, Box<RawValue>)>>(fields: I) -> Self {
        let mut attributes = Self::default();
        fields.into_iter().for_each(|(name, json)| attributes.set(name, json));
        attributes
    }
}

impl Serialize for RawAttributes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, json)| (name, json)))
    }
}

impl<'de> Deserialize<'de> for RawAttributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawAttributes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawAttributes, A::Error> {
        let mut attributes = RawAttributes::default();
        while let Some((name, json)) = map.next_entry::<String, _>()? {
            attributes.set(name, json);
        }
        Ok(attributes)
    }
}
