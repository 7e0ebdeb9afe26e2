//! A record's attributes, each value as JSON text.

use std::borrow::Cow;
use std::ops::Range;

use super::pieces::Pieces;

/// Good attributes: each name with the JSON text to keep for it, `null` for a field to be cleared,
/// in the order in which they came.
///
/// Their texts stand in one, so that a record's attributes are made, and handed to another thread, as
/// one. There are as many as an object has fields, at most: few enough to be looked through.
#[derive(Clone, Debug, Default)]
pub struct Attributes<'a> {
    text: Cow<'a, str>,
    places: Vec<Place>,
}

/// A text that is no longer than this is never written anew.
const ROOM_FOR_REPLACED: usize = 4096;

/// Where an attribute stands in the text.
#[derive(Clone, Debug)]
struct Place {
    name: Range<usize>,
    json: Range<usize>,
}

impl Place {
    fn name<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.name.clone()).unwrap_or_default()
    }

    fn json<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.json.clone()).unwrap_or_default()
    }
}

impl<'a> Attributes<'a> {
    /// None yet, with room for so many, and for so long a text.
    #[must_use]
    pub fn with_capacity(count: usize, length: usize) -> Self {
        Self { text: String::with_capacity(length).into(), places: Vec::with_capacity(count) }
    }

    /// Those of a record as it is kept, whose names hold nothing that JSON escapes; nothing where it is
    /// no JSON object.
    ///
    /// ```
    /// # use clarify_attributes::Attributes;
    /// let kept = Attributes::of(r#"{"amount":1.10,"stage":"Won"}"#).unwrap();
    /// assert_eq!(kept.get("amount"), Some("1.10"));
    /// ```
    #[must_use]
    pub fn of(kept: &'a str) -> Option<Self> {
        let mut pieces = Pieces::of_object(kept)?;
        let mut places = Vec::with_capacity(8);
        while !pieces.is_over() {
            let (name, json) = (pieces.next(b':')?, pieces.next(b',')?);
            let name = name.start + 1..name.end.checked_sub(1)?;
            places.push(Place { name, json });
        }
        Some(Self { text: kept.into(), places })
    }

    /// The text of this attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        Some(self.places.get(self.position(name)?)?.json(&self.text))
    }

    /// The text to keep of a record, of which `kept` is kept, once these are written over it, and
    /// `differs` is told each name whose value has another text then. It is for what only puts values in
    /// the place of others, in the order in which those stand, as when a record is sent again: nothing
    /// where there is more to it, whatever `differs` was told. What is kept has each name once, and no
    /// `null`.
    ///
    /// ```
    /// # use clarify_attributes::Attributes;
    /// let kept = r#"{"amount":1.10,"stage":"Won"}"#;
    /// let change = Attributes::from_iter([("amount", "2"), ("stage", "\"Won\"")]);
    /// let written = change.written_over(kept, |name| assert_eq!(name, "amount"));
    /// assert_eq!(written.unwrap(), r#"{"amount":2,"stage":"Won"}"#);
    /// for other in [("amount", "null"), ("name", "\"x\"")] {
    ///     assert_eq!(Attributes::from_iter([other]).written_over(kept, |_| ()), None);
    /// }
    /// ```
    #[must_use]
    pub fn written_over<'k>(
        &self,
        kept: &'k str,
        mut differs: impl FnMut(&str),
    ) -> Option<Cow<'k, str>> {
        let mut pieces = Pieces::of_object(kept)?;
        let mut change = self.iter().peekable();
        let (mut written, mut copied) = (String::new(), 0);
        while !pieces.is_over() {
            let Some((name, json)) = change.next_if(|(name, _)| pieces.pass_name(name)) else {
                pieces.next(b':')?;
                pieces.next(b',')?;
                continue;
            };
            if pieces.pass_value(json) {
                continue;
            }
            if json == "null" {
                return None;
            }
            differs(name);
            let place = pieces.next(b',')?;
            if copied == 0 {
                written = String::with_capacity(kept.len() + self.text.len());
            }
            written.extend([kept.get(copied..place.start)?, json]);
            copied = place.end;
        }
        if change.next().is_some() {
            return None;
        }
        if copied == 0 {
            return Some(kept.into());
        }
        written.push_str(kept.get(copied..)?);
        Some(written.into())
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.places.iter().position(|place| self.is_of(place, name))
    }

    fn is_of(&self, place: &Place, name: &str) -> bool {
        // Most names differ in their length.
        place.name.len() == name.len() && place.name(&self.text) == name
    }

    /// Puts a text in the place of the one that was there; one that is new comes last.
    pub fn insert(&mut self, name: &str, json: &str) {
        match self.position(name).and_then(|index| self.places.get_mut(index)) {
            Some(place) if place.json(&self.text) == json => {}
            Some(place) => {
                place.json = add(&mut self.text, json);
                self.forget_replaced();
            }
            None => self.push(name, json),
        }
    }

    /// Writes the text anew where most of it has been replaced: it takes no more room then, however
    /// often that happens.
    fn forget_replaced(&mut self) {
        let used: usize = self.places.iter().map(|place| place.name.len() + place.json.len()).sum();
        if self.text.len() > ROOM_FOR_REPLACED.max(3 * used) {
            *self = self.iter().collect();
        }
    }

    /// Adds one of a name that is not there yet.
    pub(super) fn push(&mut self, name: &str, json: &str) {
        let (name, json) = (add(&mut self.text, name), add(&mut self.text, json));
        self.places.push(Place { name, json });
    }

    /// Takes an attribute out.
    pub fn remove(&mut self, name: &str) {
        self.retain(|other, _| other != name);
    }

    /// Keeps those of which this says so.
    pub fn retain(&mut self, mut keeps: impl FnMut(&str, &str) -> bool) {
        let text = &*self.text;
        self.places.retain(|place| keeps(place.name(text), place.json(text)));
    }

    /// Each name with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.places.iter().map(|place| (place.name(&self.text), place.json(&self.text)))
    }
}

/// Where in the whole text this one stands, once it was added.
fn add(whole: &mut Cow<'_, str>, text: &str) -> Range<usize> {
    let whole = whole.to_mut();
    let start = whole.len();
    whole.push_str(text);
    start..whole.len()
}

impl PartialEq for Attributes<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Attributes<'_> {}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Attributes<'_> {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(attributes: I) -> Self {
        let mut all = Self::default();
        for (name, json) in attributes {
            all.insert(name.as_ref(), json.as_ref());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_has_one_text_in_its_first_place() {
        let mut all = Attributes::from_iter([("a", "1"), ("b", "2"), ("a", "3")]);
        assert_eq!(all.iter().collect::<Vec<_>>(), [("a", "3"), ("b", "2")]);
        all.insert("b", "4");
        all.insert("c", "5");
        all.remove("a");
        all.retain(|_, json| json != "5");
        assert_eq!(all, Attributes::from_iter([("b", "4")]));
    }

    #[test]
    fn what_is_replaced_again_and_again_takes_room_once() {
        let mut all = Attributes::from_iter([("a", "1"), ("b", "2")]);
        for number in 0..1000 {
            all.insert("a", &format!("\"{number:01000}\""));
        }
        assert!(all.text.len() < 3 * ROOM_FOR_REPLACED, "{}", all.text.len());
        assert!(all.get("a").unwrap().ends_with("999\"") && all.get("b") == Some("2"));
    }

    #[test]
    fn what_is_kept_is_looked_at_where_it_stands() {
        let mut kept = Attributes::of(r#"{"a":1.50,"b":{"items":["\"}"]}}"#).unwrap();
        assert_eq!(kept.iter().collect::<Vec<_>>(), [("a", "1.50"), ("b", r#"{"items":["\"}"]}"#)]);
        kept.insert("a", "2");
        assert_eq!((kept.get("a"), kept.get("c")), (Some("2"), None));
        for none in ["", "{", "[]", "{\"a\"", "{1:2}", "{\"a\":1"] {
            let _ = Attributes::of(none);
        }
        assert_eq!(Attributes::of("[]"), None);
    }

    type Member = (&'static str, &'static str);

    /// Some names, in this order or in any, each with one of few values.
    fn members(in_order: bool) -> impl Strategy<Value = Vec<Member>> {
        let names = prop::sample::subsequence(vec!["a", "aa", "b", "c", "cc"], 0..=5);
        let names = if in_order { names.boxed() } else { names.prop_shuffle().boxed() };
        let texts = vec!["1", "12", "\"x\"", r#"{"items":["\",}"]}"#, "true"];
        let values = prop::collection::vec(prop::sample::select(texts), 5);
        (names, values).prop_map(|(names, values)| names.into_iter().zip(values).collect())
    }

    /// What an update sends: at times, everything in order, and at times, a value is cleared.
    fn change() -> impl Strategy<Value = Vec<Member>> {
        let cleared = members(false).prop_map(|mut change| {
            change.iter_mut().take(1).for_each(|(_, json)| *json = "null");
            change
        });
        prop_oneof![3 => members(true), 1 => members(false), 1 => cleared]
    }

    fn object(members: &[Member]) -> String {
        let member = |(name, json): &Member| format!("\"{name}\":{json}");
        format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
    }

    proptest! {
        #[test]
        fn what_is_written_over_is_what_each_value_makes(kept in members(true), change in change()) {
            let new = |name: &str| {
                change.iter().find(|(other, _)| *other == name).map(|(_, json)| *json)
            };
            let known: Vec<_> = kept.iter().filter(|(name, _)| new(name).is_some()).collect();
            let is_simple = known.iter().map(|(name, _)| name).eq(change.iter().map(|(name, _)| name))
                && change.iter().all(|(_, json)| *json != "null");
            let (before, mut told) = (object(&kept), Vec::new());
            let written = Attributes::from_iter(change.iter().copied())
                .written_over(&before, |name| told.push(name.to_owned()));
            prop_assert_eq!(written.is_some(), is_simple);
            if let Some(written) = written {
                let all = kept.iter().map(|(name, json)| (*name, new(name).unwrap_or(json)));
                prop_assert_eq!(&*written, object(&all.collect::<Vec<_>>()));
                let differing = known.into_iter().filter(|(name, json)| new(name) != Some(json));
                prop_assert!(told.iter().eq(differing.map(|(name, _)| *name)));
            }
        }
    }

    #[test]
    fn what_only_replaces_values_is_written_where_they_stand() {
        let kept = r#"{"a":12,"b":"x\"y","c":{"items":["z"]}}"#;
        let written = |change: &[(&str, &str)]| {
            let mut differing = Vec::new();
            let change = Attributes::from_iter(change.iter().copied());
            let written = change.written_over(kept, |name| differing.push(name.to_owned()));
            written.map(|written| (written, differing.join(" ")))
        };
        let same = written(&[("a", "12"), ("c", r#"{"items":["z"]}"#)]).unwrap();
        assert!(matches!(same, (Cow::Borrowed(text), none) if text == kept && none.is_empty()));
        let (text, differing) = written(&[("a", "1"), ("c", "{}")]).unwrap();
        assert_eq!((&*text, &*differing), (r#"{"a":1,"b":"x\"y","c":{}}"#, "a c"));
        let (text, differing) = written(&[("b", "\"x\"")]).unwrap();
        assert_eq!((&*text, &*differing), (r#"{"a":12,"b":"x","c":{"items":["z"]}}"#, "b"));
        for more in [
            [("a", "1"), ("d", "2")],
            [("a", "null"), ("b", "1")],
            [("c", "1"), ("a", "2")],
            [("a", "12"), ("aa", "null")],
        ] {
            assert_eq!(written(&more), None, "{more:?}");
        }
        for none in ["", "[]", "{\"a\"", "{\"a\":12"] {
            assert_eq!(Attributes::default().written_over(none, |_| ()), None);
        }
    }
}
