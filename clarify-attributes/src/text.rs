//! JSON that is not taken apart further than it has to be.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Deref;

use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
use serde_core::ser::{Serialize, Serializer};

use super::pieces::Pieces;

/// A JSON string, without a copy where nothing in it is escaped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonText<'r>(Cow<'r, str>);

impl<'r> JsonText<'r> {
    /// The text that a value is, which was read as JSON before.
    ///
    /// # Errors
    ///
    /// When it is no text, or has half a character in it.
    pub fn read(json: &'r str) -> serde_json::Result<Self> {
        let inside = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match inside {
            // There is nothing in it to be read otherwise than it stands there.
            Some(text) if !has_byte(text, |byte| byte == b'\\') => Ok(Self(text.into())),
            _ => serde_json::from_str(json),
        }
    }

    /// The text by itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl Serialize for JsonText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de: 'r, 'r> Deserialize<'de> for JsonText<'r> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = JsonText<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<JsonText<'de>, E> {
        Ok(JsonText(text.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<JsonText<'de>, E> {
        Ok(JsonText(text.to_owned().into()))
    }
}

impl<'r> From<JsonText<'r>> for Cow<'r, str> {
    fn from(text: JsonText<'r>) -> Self {
        text.0
    }
}

impl fmt::Display for JsonText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl PartialEq<str> for JsonText<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl Deref for JsonText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Writes a text as JSON.
///
/// ```
/// let mut json = String::new();
/// clarify_attributes::push_text(&mut json, "a \"b\"");
/// assert_eq!(json, r#""a \"b\"""#);
/// ```
pub fn push_text(json: &mut String, text: &str) {
    if !has_byte(text, |byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        json.extend(["\"", text, "\""]);
    } else {
        json.push_str(&serde_json::Value::from(text).to_string());
    }
}

/// All bytes are looked at: without a way out, many are at once.
fn has_byte(text: &str, is_meant: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |any, byte| any | is_meant(byte))
}

/// The members of a JSON object in the order in which they came, each value as its text. Of two of one
/// name the last value counts.
///
/// ```
/// # use clarify_attributes::Members;
/// let members = Members::of(r#"{"amount": 1.10, "stage": "Won"}"#).unwrap();
/// assert_eq!(members.get("amount"), Some("1.10"));
/// ```
#[derive(Debug, Default)]
pub struct Members<'r>(Vec<Member<'r>>);

type Member<'r> = (JsonText<'r>, &'r str);

impl<'r> Members<'r> {
    /// The members of a value that was read as JSON before; nothing where it is no object, or has half
    /// a character in a name.
    #[must_use]
    pub fn of(json: &'r str) -> Option<Self> {
        let mut pieces = Pieces::of_object(json)?;
        let mut members = Vec::with_capacity(FEW / 2);
        while !pieces.is_over() {
            members.push((JsonText::read(pieces.take(b':')?).ok()?, pieces.take(b',')?));
        }
        Some(Self(if has_repeats(&members) { last_of_each(members) } else { members }))
    }

    /// The value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'r str> {
        self.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    /// Each name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'r str)> {
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
    type Item = Member<'r>;
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// So many members, as all objects have that a program writes, are compared with each other.
const FEW: usize = 16;

fn has_repeats(members: &[Member<'_>]) -> bool {
    let names = || members.iter().map(|(name, _)| &**name);
    if members.len() > FEW {
        let mut seen = HashSet::with_capacity(members.len());
        return !names().all(|name| seen.insert(name));
    }
    names().enumerate().any(|(place, name)| names().take(place).any(|earlier| earlier == name))
}

/// Each name in its first place, with its last value.
fn last_of_each(members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    let mut last: HashMap<_, _> = members.iter().cloned().collect();
    let of_name = |(name, _)| last.remove_entry(&name);
    members.into_iter().filter_map(of_name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_two_members_of_one_name_counts() {
        let more: String = (0..FEW).map(|number| format!(r#","{number}":0"#)).collect();
        for more in ["", &more] {
            let json = format!(r#"{{"a":1,"b":2,"\u0061":3{more}}}"#);
            let members = Members::of(&json).unwrap();
            let first: Vec<_> = members.iter().take(2).collect();
            assert_eq!(first, [("a", "3"), ("b", "2")]);
            assert_eq!(members.len(), 2 + if more.is_empty() { 0 } else { FEW });
        }
    }
}
