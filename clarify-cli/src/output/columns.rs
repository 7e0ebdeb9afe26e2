//! Which fields of a record are shown.

use std::borrow::Cow;

use clarify_core::{RawAttributes, Record};
use clarify_schema::{Kind, Object};

/// The fields that are shown, in their order; all of them where none were chosen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    names: Vec<String>,
    /// Whether other fields are left out of JSON, too.
    are_chosen: bool,
}

impl Columns {
    /// The fields that were chosen.
    pub(crate) const fn chosen(names: Vec<String>) -> Self {
        Self { names, are_chosen: true }
    }

    /// The fields of an object that stand in a record. Links to many do not.
    pub(crate) fn of(object: &Object) -> Self {
        let own = object.fields.iter().filter(|field| field.kind != Kind::ToMany);
        Self { names: own.map(|field| field.name.to_string()).collect(), are_chosen: false }
    }

    /// What stands above the columns.
    pub(super) fn header(&self) -> Vec<String> {
        std::iter::once("id".to_owned()).chain(self.names.iter().cloned()).collect()
    }

    /// Takes out what was not chosen.
    pub(super) fn keep(&self, attributes: &mut RawAttributes) {
        if self.are_chosen {
            attributes.retain(|name| self.names.iter().any(|known| known == name));
        }
    }

    /// A record's JSON values, one for each column. The id stands in quotes, as any text.
    pub(super) fn values<'v>(&self, record: &'v Record<RawAttributes>) -> Vec<Cow<'v, str>> {
        let id = serde_json::Value::from(record.id.as_str()).to_string();
        let json = |name: &String| record.attributes.json(name).unwrap_or("null");
        std::iter::once(id.into()).chain(self.names.iter().map(|name| json(name).into())).collect()
    }
}
