//! Fields by their names.

use clarify_schema::{Operator, Text};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Attributes, RawAttributes};
use crate::{Condition, FieldOf, Sort};

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

    /// A condition in the API's short form, in which the value itself says how it compares: `5`,
    /// `>=5`, `!=x`, `*x*`, `x*`, `*x`, `a,b`, `null` and `!null`.
    pub fn short(&self, value: impl Into<String>) -> Condition<Attributes> {
        Condition::short(self.0.clone(), value.into())
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

#[diagnostic::do_not_recommend]
impl FieldOf<Attributes> for JsonField {
    type Value = Option<Value>;

    fn name(&self) -> Text {
        self.0.clone()
    }
}

#[diagnostic::do_not_recommend]
impl FieldOf<RawAttributes> for JsonField {
    type Value = Option<Box<RawValue>>;

    fn name(&self) -> Text {
        self.0.clone()
    }
}

/// A collection of texts of an object that no struct describes: [`JsonField::items`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonItems(Text);

#[diagnostic::do_not_recommend]
impl FieldOf<Attributes> for JsonItems {
    type Value = Vec<String>;

    fn name(&self) -> Text {
        self.0.clone()
    }
}

#[diagnostic::do_not_recommend]
impl FieldOf<RawAttributes> for JsonItems {
    type Value = Vec<String>;

    fn name(&self) -> Text {
        self.0.clone()
    }
}
