//! Records of objects that are known at run time alone.

use std::ops::{Deref, DerefMut};

use clarify_schema::{Object, Operator, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::codec::{Encoder, NO_FIELDS, Row, extra_of};
use crate::{Condition, FieldOf, HasUniqueField, RecordType, Sort};

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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attributes(pub Map<String, Value>);

impl RecordType for Attributes {
    fn decode_row(row: &mut dyn Row) -> Option<Self> {
        let mut rest = extra_of::<Map<String, Value>>().slot();
        row.fill_with(&NO_FIELDS, &mut [], Some(&mut rest))?;
        Some(Self(rest.take()))
    }

    fn encode_row(&self, object: &Object, row: &mut Encoder) {
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

/// A field of an object that no struct describes, by its name. What the field's kind allows is
/// known to the service alone: it answers 400 to an operator that is of another kind.
///
/// ```
/// use clarify_core::schema::Operator;
/// use clarify_core::{Attributes, JsonField, Patch};
/// use serde_json::json;
///
/// let total = JsonField::new("total");
/// let filter = total.when(Operator::GreaterThan, 5);
/// let sort = total.desc();
/// let patch: Patch<Attributes> = Patch::new()
///     .set(JsonField::new("status"), json!("Submitted"))
///     .append(JsonField::new("labels").items(), ["urgent"])
///     .clear(total);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonField(Text);

impl JsonField {
    /// The field of this name.
    pub fn new(name: impl Into<Text>) -> Self {
        Self(name.into())
    }

    /// A condition on the field, such as `Operator::Contains` with a text. For an operator that
    /// takes no value, such as `Operator::IsEmpty`, any will do.
    pub fn when(&self, operator: Operator, value: impl Into<Value>) -> Condition<Attributes> {
        let text = match value.into() {
            Value::String(text) => text,
            other => other.to_string(),
        };
        Condition::new(self.0.clone(), operator, Ok(text))
    }

    /// Sorts by this field, lowest first. Records without a value come last.
    pub fn asc(&self) -> Sort<Attributes> {
        Sort::new(self.0.clone(), false)
    }

    /// Sorts by this field, highest first. Records without a value come last here too.
    pub fn desc(&self) -> Sort<Attributes> {
        Sort::new(self.0.clone(), true)
    }

    /// The same field as a collection of texts, to append to and remove from.
    #[must_use]
    pub fn items(self) -> JsonItems {
        JsonItems(self.0)
    }
}

impl FieldOf<Attributes> for JsonField {
    type Value = Option<Value>;

    fn name(&self) -> Text {
        self.0.clone()
    }
}

/// A collection of texts of an object that no struct describes: [`JsonField::items`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonItems(Text);

impl FieldOf<Attributes> for JsonItems {
    type Value = Vec<String>;

    fn name(&self) -> Text {
        self.0.clone()
    }
}
