//! JSON of other shapes: rich text, and whatever a struct takes as it comes.

use clarify_schema::Kind;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{FieldType, Form, Mismatch, Wire, Writer};
use crate::class;

/// Text with structure, `{"text": [blocks]}`, as a task's description has it. The blocks are passed
/// through unchanged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RichText {
    /// The blocks, in order.
    #[serde(rename = "text")]
    pub blocks: Vec<Value>,
}

impl FieldType for RichText {
    const KIND: Kind = Kind::RichText;
    const FORM: Form = Form::Json;
    type Class = class::Opaque;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        match parse(wire)?.get_mut("text").map(Value::take) {
            Some(Value::Array(blocks)) => Ok(Self { blocks }),
            _ => Err(Mismatch::expected("rich text as `{\"text\": [blocks]}`", wire)),
        }
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

fn parse(wire: Wire<'_>) -> Result<Value, Mismatch> {
    match wire {
        Wire::Text(text) => Ok(Value::from(text)),
        Wire::Json(json) => serde_json::from_str(json).map_err(|e| Mismatch::new(e.to_string())),
    }
}
