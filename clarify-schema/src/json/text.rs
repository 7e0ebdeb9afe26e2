//! JSON that is not taken apart further than it has to be.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Deref;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

/// A JSON string, without a copy where nothing in it is escaped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct JsonText<'r>(#[serde(borrow)] Cow<'r, str>);

impl JsonText<'_> {
    /// The text by itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl<'r> From<JsonText<'r>> for Cow<'r, str> {
    fn from(text: JsonText<'r>) -> Self {
        text.0
    }
}

impl Deref for JsonText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// The members of a JSON object in the order in which they came, each value as its text.
///
/// ```
/// # use clarify_schema::Members;
/// let members: Members = serde_json::from_str(r#"{"amount": 1.10, "stage": "Won"}"#).unwrap();
/// assert_eq!(members.get("amount").unwrap().get(), "1.10");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Members<'r>(Vec<(JsonText<'r>, &'r RawValue)>);

impl<'r> Members<'r> {
    /// The value of this name; of several, the last one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'r RawValue> {
        self.iter().rev().find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    /// Each name with its value; of a name that comes several times, with the last one.
    pub(super) fn by_name(&self) -> Vec<(&str, &'r RawValue)> {
        let mut seen = BTreeSet::new();
        let mut last: Vec<_> = self.iter().rev().filter(|(name, _)| seen.insert(*name)).collect();
        last.reverse();
        last
    }

    /// All names and values, also of a name that comes several times.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &'r RawValue)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'r> IntoIterator for Members<'r> {
    type Item = (JsonText<'r>, &'r RawValue);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Collect)
    }
}

struct Collect;

impl<'de> Visitor<'de> for Collect {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
