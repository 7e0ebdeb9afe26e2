//! A person's name in its parts.

use std::fmt;

use clarify_schema::Kind;
use serde_core::ser::{Serialize, Serializer};
use serde_json::Value;

use super::{FieldType, Form, Mismatch, Wire, Writer};
use crate::class;
use crate::members::read_members;

/// A person's name in its parts. Services send it as an object or as one text; both are read.
///
/// A struct that only shows the name can have a `String` in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// The given name.
    pub first_name: Option<String>,
    /// The family name.
    pub last_name: Option<String>,
    /// The whole name, as the person writes it.
    pub full_name: Option<String>,
}

read_members!(PersonName { first_name: or_default, last_name: or_default, full_name: or_default });

impl Serialize for PersonName {
    /// Its parts, as far as they are known.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("full_name", &self.full_name),
        ];
        serializer.collect_map(parts.into_iter().filter(|(_, part)| part.is_some()))
    }
}

impl PersonName {
    /// A name known as a whole.
    #[must_use]
    pub fn full(name: impl Into<String>) -> Self {
        Self { full_name: Some(name.into()), ..Self::default() }
    }
}

impl PersonName {
    /// The name whose JSON this is. Of two members of one name the last counts, as for every reader.
    pub(super) fn of_json(json: &str) -> Option<Self> {
        let Value::Object(mut parts) = json.parse().ok()? else { return None };
        let mut part = |name| match parts.get_mut(name).map(Value::take) {
            None | Some(Value::Null) => Some(None),
            Some(Value::String(part)) => Some(Some(part)),
            Some(_) => None,
        };
        Some(Self {
            first_name: part("first_name")?,
            last_name: part("last_name")?,
            full_name: part("full_name")?,
        })
    }
}

impl fmt::Display for PersonName {
    /// The full name, or its parts where it is not known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.full_name, &self.first_name, &self.last_name) {
            (Some(full), _, _) => f.pad(full),
            (None, Some(first), Some(last)) => f.pad(&format!("{first} {last}")),
            (None, Some(part), None) | (None, None, Some(part)) => f.pad(part),
            (None, None, None) => Ok(()),
        }
    }
}

impl FieldType for PersonName {
    const KIND: Kind = Kind::PersonName;
    const FORM: Form = Form::Text;
    type Class = class::Text;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        match wire {
            Wire::Text(text) => Ok(Self::full(text)),
            Wire::Json(json) => Self::of_json(json)
                .ok_or_else(|| Mismatch::expected("a name, as a string or an object", wire)),
        }
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        let json = serde_json::to_string(self).map_err(|error| Mismatch::new(error.to_string()))?;
        out.json(&json);
        Ok(())
    }

    /// Names are filtered as texts.
    fn query(&self) -> Result<String, Mismatch> {
        Ok(self.to_string())
    }
}
