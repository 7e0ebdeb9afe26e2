//! A value on its way between Rust and JSON.

use std::fmt;

use super::write_text;

/// How a value stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a JSON string: [`Wire::Text`] is what is inside.
    Text,
    /// As any other JSON: [`Wire::Json`] is the text of it, so that numbers stay exact.
    Json,
}

/// One value as it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire<'a> {
    /// What a JSON string holds.
    Text(&'a str),
    /// The JSON text of a value. For a type of [`Form::Text`]: of anything but a string.
    Json(&'a str),
}

impl fmt::Display for Wire<'_> {
    /// A bounded piece of it, so that a message stays one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 60;
        let (text, quote) = match self {
            Self::Text(text) => (text, "\""),
            Self::Json(json) => (json, ""),
        };
        match text.char_indices().nth(LONGEST).and_then(|(end, _)| text.get(..end)) {
            Some(start) => write!(f, "`{quote}{}…`", start.replace(char::is_control, " ")),
            None => write!(f, "`{quote}{}{quote}`", text.replace(char::is_control, " ")),
        }
    }
}

/// Why a value does not fit its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch(String);

impl Mismatch {
    /// A reason in words, e.g. ``expected a date, found `5` ``.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// What was expected in place of what was found.
    #[must_use]
    pub fn expected(what: &str, found: Wire<'_>) -> Self {
        Self(format!("expected {what}, found {found}"))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}

/// Takes the JSON of one value.
#[derive(Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// A writer that goes on behind what is there.
    pub(crate) const fn onto(json: Vec<u8>) -> Self {
        Self(json)
    }

    /// Writes a JSON string that holds `text`.
    pub fn text(&mut self, text: &str) {
        write_text(&mut self.0, text);
    }

    /// Writes JSON as it is. It must be one whole value.
    #[inline]
    pub fn json(&mut self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }

    /// Writes the number that is this many ten-thousandths.
    pub(crate) fn ten_thousandths(&mut self, count: i64) {
        if count < 0 {
            self.json("-");
        }
        let (whole, fraction) = (count.unsigned_abs() / 10_000, count.unsigned_abs() % 10_000);
        // Writing to memory can't fail.
        let _ = serde_json::to_writer(&mut self.0, &whole);
        if fraction > 0 {
            let digit = |scale: u64| b'0' + (fraction / scale % 10) as u8;
            self.0.extend_from_slice(&[b'.', digit(1000), digit(100), digit(10), digit(1)]);
            while self.0.pop_if(|digit| *digit == b'0').is_some() {}
        }
    }

    /// Writes a JSON string that holds what is written between its quotes, in which there is nothing to
    /// be escaped.
    pub(crate) fn quoted<E: fmt::Display>(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), Mismatch> {
        self.json("\"");
        write(&mut self.0).map_err(|error| Mismatch::new(error.to_string()))?;
        self.json("\"");
        Ok(())
    }

    /// [`quoted`](Self::quoted) of what a value shows.
    #[cfg(any(feature = "chrono", feature = "time"))]
    pub(crate) fn shown(&mut self, value: impl fmt::Display) -> Result<(), Mismatch> {
        use std::io::Write as _;
        self.quoted(|json| write!(json, "{value}"))
    }

    /// Begins the member of an object whose others, if there are any, are written.
    pub(crate) fn separate(&mut self) {
        if self.0.last() != Some(&b'{') {
            self.json(",");
        }
    }

    /// [`separate`](Self::separate) with the name of a field in a table, in which there is nothing to
    /// be escaped. Says where the field's value begins.
    pub(crate) fn field_name(&mut self, name: &str) -> usize {
        let Self(out) = self;
        out.reserve(name.len() + ",\"\":".len());
        if out.last() != Some(&b'{') {
            out.push(b',');
        }
        out.push(b'"');
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
        out.len()
    }

    pub(crate) fn length(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Whether what was written from `start` on is just this.
    pub(crate) fn is_from(&self, start: usize, json: &str) -> bool {
        self.0.get(start..) == Some(json.as_bytes())
    }

    pub(crate) const fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The JSON of one value by itself.
    pub(crate) fn one(
        write: impl FnOnce(&mut Self) -> Result<(), Mismatch>,
    ) -> Result<String, Mismatch> {
        let mut out = Self::default();
        write(&mut out)?;
        String::from_utf8(out.0).map_err(|_| Mismatch::new("a value is written as UTF-8"))
    }
}
