//! A document from value to value.
//!
//! What records are mostly made of, names and texts, is read here, where it stands. What else has more to
//! it than [where it ends](super::pass_over) is `serde_json`'s to read, which begins where the scanner is
//! and says how far it came.

use std::borrow::Cow;

use serde_core::Deserialize;

use super::text::unescape;
use crate::value::plain_length_within;

/// Why a document can't be read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Broken {
    /// What comes is no JSON. Where, and why, is asked for once there is nothing more to lose by it.
    Syntax,
    /// It is JSON of something else.
    Other,
}

pub(super) struct Scanner<'j> {
    pub(super) rest: &'j str,
    /// Whether nothing has been read of the list or object that was entered last.
    has_entered: bool,
    /// What the last text that was written with escapes holds.
    unescaped: String,
}

impl<'j> Scanner<'j> {
    pub(super) const fn new(json: &'j str) -> Self {
        Self { rest: json, has_entered: false, unescaped: String::new() }
    }

    /// The first byte of what comes next.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8, Broken> {
        if let Some(b' ' | b'\n' | b'\t' | b'\r') = self.byte() {
            self.pass_space();
        }
        self.byte().ok_or(Broken::Syntax)
    }

    /// Enters the list or object whose first byte was peeked at.
    #[inline]
    pub(super) fn enter(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
        self.has_entered = true;
    }

    /// Goes to the next item of a list that was entered. Says whether there is one.
    pub(super) fn item(&mut self) -> Result<bool, Broken> {
        self.goes_on(']')
    }

    /// Goes to the value of the next member of an object that was entered, if it has this name, written as
    /// services write it: without spaces around it or escapes in it. To compare with a name that is
    /// expected takes half of what it takes to find where any name ends.
    #[inline]
    pub(super) fn goes_to(&mut self, name: &str) -> bool {
        let member = if self.has_entered { Some(self.rest) } else { self.rest.strip_prefix(',') };
        let value = member
            .and_then(|member| member.strip_prefix('"')?.strip_prefix(name)?.strip_prefix("\":"));
        if let Some(value) = value {
            self.rest = value;
            self.has_entered = false;
        }
        value.is_some()
    }

    /// Goes to the value of the next member of an object that was entered, if there is one.
    #[inline]
    pub(super) fn member(&mut self) -> Result<Option<Cow<'j, str>>, Broken> {
        if !self.goes_on('}')? {
            return Ok(None);
        }
        self.expect('"')?;
        let name = match self.plain() {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(self.escaped()?.to_owned()),
        };
        self.expect(':')?;
        Ok(Some(name))
    }

    /// Goes to the value of the next member of an object that was entered, if there is one, and says
    /// whether it has this name.
    pub(super) fn member_is(&mut self, name: &str) -> Result<Option<bool>, Broken> {
        if self.goes_to(name) {
            return Ok(Some(true));
        }
        Ok(self.member()?.map(|found| found == name))
    }

    /// What the string that comes next holds.
    #[inline]
    pub(super) fn text(&mut self) -> Result<&str, Broken> {
        self.expect('"')?;
        match self.plain() {
            Some(text) => Ok(text),
            None => self.escaped(),
        }
    }

    /// Reads the value that comes next as `serde_json` does.
    pub(super) fn read<T: Deserialize<'j>>(&mut self) -> Result<T, Broken> {
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter();
        let value = values.next().and_then(Result::ok).ok_or(Broken::Syntax)?;
        self.rest = self.rest.get(values.byte_offset()..).ok_or(Broken::Syntax)?;
        Ok(value)
    }

    /// Nothing is to follow any more.
    pub(super) fn end(&mut self) -> Result<(), Broken> {
        if self.peek().is_err() { Ok(()) } else { Err(Broken::Syntax) }
    }

    fn byte(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    #[cold]
    fn pass_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\t', '\r']);
    }

    #[inline]
    pub(super) fn goes_on(&mut self, end: char) -> Result<bool, Broken> {
        let is_first = std::mem::take(&mut self.has_entered);
        self.peek()?;
        if let Some(rest) = self.rest.strip_prefix(end) {
            self.rest = rest;
            return Ok(false);
        }
        if !is_first {
            self.pass(",")?;
        }
        Ok(true)
    }

    #[inline]
    pub(super) fn expect(&mut self, mark: char) -> Result<(), Broken> {
        if !self.rest.starts_with(mark) {
            self.peek()?;
        }
        self.rest = self.rest.strip_prefix(mark).ok_or(Broken::Syntax)?;
        Ok(())
    }

    pub(super) fn pass(&mut self, word: &str) -> Result<(), Broken> {
        self.rest = self.rest.strip_prefix(word).ok_or(Broken::Syntax)?;
        Ok(())
    }

    /// What stands up to the next quote, where nothing is escaped before it.
    // Each name and text comes through here: as a call it takes a twentieth of the time to decode a page.
    #[inline(always)]
    pub(super) fn plain(&mut self) -> Option<&'j str> {
        let (text, rest) = self.rest.split_at_checked(plain_length_within(self.rest.as_bytes()))?;
        self.rest = rest.strip_prefix('"')?;
        Some(text)
    }

    /// What a string holds that is written with escapes, from behind its first quote.
    fn escaped(&mut self) -> Result<&str, Broken> {
        self.unescaped.clear();
        self.rest = unescape(self.rest, &mut self.unescaped).ok_or(Broken::Syntax)?;
        Ok(&self.unescaped)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use serde_core::de::IgnoredAny;
    use serde_json::value::RawValue;

    use super::*;

    /// What is read of a document by a reader of ours.
    fn whole<T>(json: &str, read: impl FnOnce(&mut Scanner<'_>) -> Result<T, Broken>) -> Option<T> {
        let mut scanner = Scanner::new(json);
        let value = read(&mut scanner).ok()?;
        scanner.end().ok()?;
        Some(value)
    }

    fn list(scanner: &mut Scanner<'_>) -> Result<Vec<String>, Broken> {
        scanner.peek()?;
        scanner.enter();
        let mut values = Vec::new();
        while scanner.item()? {
            values.push(scanner.value()?.to_owned());
        }
        Ok(values)
    }

    fn object(scanner: &mut Scanner<'_>) -> Result<Vec<(String, String)>, Broken> {
        scanner.peek()?;
        scanner.enter();
        let mut members = Vec::new();
        while let Some(name) = scanner.member()? {
            members.push((name.into_owned(), scanner.value()?.to_owned()));
        }
        Ok(members)
    }

    /// The members of an object, each with whether it is the one that was expected.
    fn expecting(name: &str, scanner: &mut Scanner<'_>) -> Result<Vec<(bool, String)>, Broken> {
        scanner.peek()?;
        scanner.enter();
        let mut members = Vec::new();
        while let Some(is_expected) = scanner.member_is(name)? {
            members.push((is_expected, scanner.value()?.to_owned()));
        }
        Ok(members)
    }

    /// Some of these pieces of JSON, between which there is a space now and then.
    fn some(pieces: &'static str) -> impl Strategy<Value = String> {
        let pieces: Vec<_> = pieces.split(' ').chain([" ", "\n"]).collect();
        prop::collection::vec(prop::sample::select(pieces), 0..8).prop_map(|some| some.concat())
    }

    const VALUES: &str = r#"0 1 20 - + . e E9 true fals null "a" "\ud83d" " [ ] {} , "#;
    const TEXTS: &str =
        r#"a é longer_than_a_word \n \\ \" \/ \x \u00e9 \ud83d \ude00 \u+123 \u12 " \ "#;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn a_text_is_what_serde_json_reads(inside in some(TEXTS)) {
            let json = format!("\"{inside}\"");
            let expected = serde_json::from_str::<String>(&json).ok();
            prop_assert_eq!(whole(&json, |scanner| scanner.text().map(str::to_owned)), expected);
        }

        #[test]
        fn a_list_is_one_where_serde_json_finds_one(inside in some(VALUES)) {
            let json = format!(" [{inside}]");
            let found = whole(&json, list);
            let expected = serde_json::from_str::<Vec<&RawValue>>(&json).ok();
            let expected = expected.map(|all| all.iter().map(|one| one.get().to_owned()).collect());
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn a_member_that_is_expected_is_mistaken_for_no_other(
            json in some(r#"{ } , : "a" "a b" \u0061 "ab" ":1 ,"a":1 "a":{} {"a":1"#)
        ) {
            let members = whole(&json, object);
            let compared = members.map(|members| {
                members.into_iter().map(|(name, value)| (name == "a", value)).collect::<Vec<_>>()
            });
            prop_assert_eq!(whole(&json, |scanner| expecting("a", scanner)), compared);
        }

        #[test]
        fn an_object_is_one_where_serde_json_finds_one(
            name in some(TEXTS), value in some(VALUES), more in some(r#", : "b" 1 }"#)
        ) {
            let json = format!("{{\"{name}\":{value}{more}}}");
            let expected = serde_json::from_str::<HashMap<String, IgnoredAny>>(&json);
            prop_assert_eq!(whole(&json, object).is_some(), expected.is_ok());
        }
    }
}
