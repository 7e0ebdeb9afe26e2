//! `bool`: a checkbox.

use clarify_schema::Kind;

use super::{FieldType, Form, Mismatch, Wire, Writer};
use crate::class;

impl FieldType for bool {
    const KIND: Kind = Kind::Checkbox;
    const FORM: Form = Form::Json;
    type Class = class::Checkbox;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        match wire {
            Wire::Json("true") => Ok(true),
            Wire::Json("false") => Ok(false),
            _ => Err(Mismatch::expected("`true` or `false`", wire)),
        }
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        out.json(if *self { "true" } else { "false" });
        Ok(())
    }
}
