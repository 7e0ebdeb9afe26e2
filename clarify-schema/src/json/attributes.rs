//! A record's attributes, each value as JSON text.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::text::{JsonText, Members};

type Attribute<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Good attributes: each name with the JSON text to keep for it, `null` for a field to be cleared,
/// in the order in which they came.
///
/// There are as many as an object has fields, at most: few enough to be looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes<'a>(Vec<Attribute<'a>>);

impl<'a> Attributes<'a> {
    /// None yet, with room for so many.
    #[must_use]
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(other, _)| other == name)
    }

    /// The text of this attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(other, _)| *other == name).map(|(_, json)| json)
    }

    /// The text of this attribute, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Cow<'a, str>> {
        self.iter_mut().find(|(other, _)| *other == name).map(|(_, json)| json)
    }

    /// Puts a text in the place of the one that was there, and gives that back; one that is new comes
    /// last.
    pub fn insert(
        &mut self,
        name: impl Into<Cow<'a, str>>,
        json: impl Into<Cow<'a, str>>,
    ) -> Option<Cow<'a, str>> {
        let (name, json) = (name.into(), json.into());
        match self.get_mut(&name) {
            Some(old) => Some(std::mem::replace(old, json)),
            None => {
                self.0.push((name, json));
                None
            }
        }
    }

    /// Adds one of a name that is not there yet.
    pub(super) fn push(&mut self, name: impl Into<Cow<'a, str>>, json: impl Into<Cow<'a, str>>) {
        self.0.push((name.into(), json.into()));
    }

    /// Takes an attribute out.
    pub fn remove(&mut self, name: &str) -> Option<Cow<'a, str>> {
        self.place(name).map(|place| self.0.remove(place).1)
    }

    /// Keeps those of which this says so.
    pub fn retain(&mut self, mut keeps: impl FnMut(&str, &str) -> bool) {
        self.0.retain(|(name, json)| keeps(name, json));
    }

    /// Each name with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, json)| (&**name, &**json))
    }

    /// Each name with its text, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Cow<'a, str>)> {
        self.0.iter_mut().map(|(name, json)| (&**name, json))
    }
}

impl<'a> From<Members<'a>> for Attributes<'a> {
    fn from(members: Members<'a>) -> Self {
        let attribute =
            |(name, value): (JsonText<'a>, &'a RawValue)| (name.into(), value.get().into());
        Self(members.into_iter().map(attribute).collect())
    }
}

impl<'a> IntoIterator for Attributes<'a> {
    type Item = Attribute<'a>;
    type IntoIter = std::vec::IntoIter<Attribute<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> Extend<Attribute<'a>> for Attributes<'a> {
    fn extend<I: IntoIterator<Item = Attribute<'a>>>(&mut self, attributes: I) {
        for (name, json) in attributes {
            self.insert(name, json);
        }
    }
}

impl<'a> FromIterator<Attribute<'a>> for Attributes<'a> {
    fn from_iter<I: IntoIterator<Item = Attribute<'a>>>(attributes: I) -> Self {
        let attributes = attributes.into_iter();
        let mut all = Self::with_capacity(attributes.size_hint().0);
        all.extend(attributes);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes<'a>(members: &[(&'a str, &'a str)]) -> Attributes<'a> {
        members.iter().map(|(name, json)| ((*name).into(), (*json).into())).collect()
    }

    #[test]
    fn a_name_has_one_text_in_its_first_place() {
        let mut all = attributes(&[("a", "1"), ("b", "2"), ("a", "3")]);
        assert_eq!(all.iter().collect::<Vec<_>>(), [("a", "3"), ("b", "2")]);
        assert_eq!(all.insert("b", "4").as_deref(), Some("2"));
        assert_eq!(all.insert("c", "5"), None);
        assert_eq!(all.remove("a").as_deref(), Some("3"));
        all.retain(|_, json| json != "5");
        assert_eq!(all, attributes(&[("b", "4")]));
    }
}
