//! Records of objects that are known at run time alone.

mod field;
mod raw;

use std::ops::{Deref, DerefMut};

use clarify_schema::Object;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

pub use field::{JsonField, JsonItems};
pub use raw::RawAttributes;

use crate::codec::{Encoder, NO_FIELDS, Row, extra_of};
use crate::object::EncodeRow;
use crate::{HasUniqueField, RecordType};

/// The attributes of a record as JSON, for an object that no struct describes: what
/// [`Client::dynamic`](crate::Client::dynamic) reads and writes.
///
/// Values stand as they do on the wire: a collection is `{"items": [...]}`. What is `null` in a
/// create or upsert is sent, and clears the field of a record that is matched. Fields whose names
/// begin with `_` are the service's own, and are not among those that are read.
///
/// ```
/// use clarify_core::Attributes;
/// use serde_json::json;
///
/// let attributes = Attributes::from_iter([("name", json!("CERN")), ("domains", json!({"items": ["cern.ch"]}))]);
/// assert_eq!(attributes["name"], "CERN");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(pub Map<String, Value>);

impl Serialize for Attributes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self)
    }
}

impl RecordType for Attributes {
    fn decode_row(row: &mut dyn Row) -> Option<Self> {
        let mut rest = extra_of::<Map<String, Value>>().slot();
        row.fill(&NO_FIELDS, &mut [], Some(&mut rest))?;
        Some(Self(rest.take()))
    }
}

impl EncodeRow for Attributes {
    fn encode_row(&self, object: &Object, row: &mut Encoder<'_>) {
        row.attributes(object, &self.0);
    }
}

// Whether the object has one is known at run time alone: an upsert without is an error.
#[diagnostic::do_not_recommend]
impl HasUniqueField for Attributes {}

impl Deref for Attributes {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Attributes {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl From<Map<String, Value>> for Attributes {
    fn from(map: Map<String, Value>) -> Self {
        Self(map)
    }
}

impl<N: Into<String>> FromIterator<(N, Value)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (N, Value)>>(fields: I) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}
