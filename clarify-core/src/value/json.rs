//! JSON of other shapes: rich text, and whatever a struct takes as it comes.

use clarify_schema::Kind;
use serde_core::de::{Deserialize, Deserializer, Error as _};
use serde_core::ser::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{FieldType, Form, Mismatch, Wire, Writer};
use crate::class;

/// Text with structure, `{"text": [blocks]}`, as a task's description has it. The blocks are passed
/// through unchanged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RichText {
    /// The blocks, in order.
    pub blocks: Vec<Value>,
}

const RICH_TEXT: &str = "rich text as `{\"text\": [blocks]}`";

impl RichText {
    fn of(mut json: Value) -> Option<Self> {
        match json.get_mut("text").map(Value::take) {
            Some(Value::Array(blocks)) => Some(Self { blocks }),
            _ => None,
        }
    }
}

impl Serialize for RichText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("text", &self.blocks)])
    }
}

impl<'de> Deserialize<'de> for RichText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Self::of(Value::deserialize(deserializer)?);
        text.ok_or_else(|| D::Error::custom(format_args!("expected {RICH_TEXT}")))
    }
}

impl FieldType for RichText {
    const KIND: Kind = Kind::RichText;
    const FORM: Form = Form::Json;
    type Class = class::Opaque;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        Self::of(parse(wire)?).ok_or_else(|| Mismatch::expected(RICH_TEXT, wire))
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        out.json(&json!({ "text": self.blocks }).to_string());
        Ok(())
    }
}

/// Anything, as it comes: locations, and kinds that the API may yet add. `null` can't be sent: it
/// would clear the field.
impl FieldType for Value {
    const KIND: Kind = Kind::Other;
    const ALSO: &'static [Kind] = &Kind::ALL;
    const FORM: Form = Form::Json;
    type Class = class::Opaque;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        parse(wire)
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        if self.is_null() {
            return Err(Mismatch::new("`null` is not a value: use `None`, or clear the field"));
        }
        out.json(&self.to_string());
        Ok(())
    }
}

/// Anything, as its JSON stands: a number keeps every digit.
impl FieldType for Box<RawValue> {
    const KIND: Kind = Kind::Other;
    const ALSO: &'static [Kind] = &Kind::ALL;
    const FORM: Form = Form::Json;
    type Class = class::Opaque;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        let (Wire::Json(json) | Wire::Text(json)) = wire;
        RawValue::from_string(json.to_owned()).map_err(|e| Mismatch::new(e.to_string()))
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        out.json(self.get());
        Ok(())
    }
}

/// Any JSON. As a text: that `serde_json` has in itself, where for bytes all of its parser would be built
/// once more.
pub(crate) fn read_json(bytes: &[u8]) -> serde_json::Result<Value> {
    std::str::from_utf8(bytes).map_err(serde_json::Error::custom)?.parse()
}

fn parse(wire: Wire<'_>) -> Result<Value, Mismatch> {
    match wire {
        Wire::Text(text) => Ok(Value::from(text)),
        Wire::Json(json) => {
            json.parse().map_err(|e: serde_json::Error| Mismatch::new(e.to_string()))
        }
    }
}
