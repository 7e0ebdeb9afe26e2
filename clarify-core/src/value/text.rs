//! `String`: text of any length.

use clarify_schema::Kind;

use super::{FieldType, Form, Item, Mismatch, PersonName, Wire, Writer};
use crate::class;

impl FieldType for String {
    const KIND: Kind = Kind::Text;
    const ALSO: &'static [Kind] = &[Kind::LongText, Kind::PersonName];
    const FORM: Form = Form::Text;
    type Class = class::Text;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        match wire {
            Wire::Text(text) => Ok(text.to_owned()),
            Wire::Json(json) => name(json).ok_or_else(|| Mismatch::expected("a string", wire)),
        }
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        out.text(self);
        Ok(())
    }
}

/// A service may send a person's name as an object where a struct has a text.
fn name(json: &str) -> Option<String> {
    PersonName::of_json(json).map(|name| name.to_string())
}

impl Item for String {
    const COLLECTION: Kind = Kind::Texts;
    const COLLECTIONS: &'static [Kind] =
        &[Kind::EmailAddresses, Kind::Domains, Kind::PhoneNumbers, Kind::MultiSelect];
}
