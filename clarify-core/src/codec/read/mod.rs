//! From JSON to structs: one pass over a document, compiled once.
//!
//! A [`scanner`] goes over its text. What it finds is read on three levels: the document and its rows
//! ([`document`]), the attributes of a row ([`row`]), the value of a field ([`value`]).

mod document;
mod one;
mod pass_over;
mod row;
mod scanner;
mod text;
mod value;

use clarify_schema::Object;
use serde_core::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use self::document::Reader;
pub(crate) use self::one::{OneRow, read_one};
use self::scanner::Broken;
use super::{ExtraSlot, Slot};
use crate::value::{IdText, Mismatch, Wire};

/// The attributes of one record as they arrive.
pub trait Row {
    /// Reads them into the slots, which stand in the order of the object's fields; what no field
    /// takes goes into `extra`.
    ///
    /// Nothing is returned when any value did not fit or was missing: the row has kept what.
    fn fill(
        &mut self,
        object: &Object,
        slots: &mut [&mut dyn Slot],
        extra: Option<&mut dyn ExtraSlot>,
    ) -> Option<()>;

    /// Shows each attribute as its JSON stands, those of the service among them.
    fn show(&mut self, each: &mut dyn FnMut(&str, &RawValue)) -> Option<()>;
}

/// What a document says of itself, beside its records.
#[derive(Debug, Default)]
pub(crate) struct Meta {
    pub(crate) total_records: Option<u64>,
    pub(crate) offset: Option<u64>,
    pub(crate) limit: Option<u64>,
}

impl Meta {
    /// A number in a form that is not known costs the number, not the page.
    fn read(meta: &Value) -> Self {
        let number = |name| match meta.get(name)? {
            Value::String(text) => text.parse().ok(),
            number => number.as_u64(),
        };
        Self {
            total_records: number("total_records"),
            offset: number("offset"),
            limit: number("limit"),
        }
    }
}

/// What a row says of itself, beside its attributes.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// The row's place in a list; nothing for a record that stands alone.
    pub(crate) place: Option<usize>,
    pub(crate) id: Option<IdText>,
    pub(crate) created_at: Option<jiff::Timestamp>,
    pub(crate) updated_at: Option<jiff::Timestamp>,
    pub(crate) problems: Vec<RowProblem>,
}

impl Head {
    fn refuse(&mut self, expected: &str, found: &str) {
        let mismatch = Mismatch::expected(expected, Wire::Json(outline(found)));
        self.problems.push(RowProblem { pointer: String::new(), mismatch });
    }

    /// Where the row stands in its document.
    pub(crate) fn pointer(&self) -> String {
        match self.place {
            Some(place) => format!("/data/{place}"),
            None => "/data".to_owned(),
        }
    }
}

/// What a message shows of JSON that can't be what was expected, whatever is in it.
fn outline(json: &str) -> &str {
    match json.as_bytes() {
        [b'[', ..] => "[…]",
        [b'{', ..] => "{…}",
        _ => json,
    }
}

/// A value of a row that does not fit, with its pointer from the row's attributes.
#[derive(Debug)]
pub(crate) struct RowProblem {
    pub(crate) pointer: String,
    pub(crate) mismatch: Mismatch,
}

/// Takes the rows of a document. What is generic over the struct is behind this, and small: it is
/// compiled for each struct.
pub(crate) trait Sink {
    /// Whether anything of the attributes is wanted. Else they are passed over, which costs less than
    /// half of reading them.
    fn wants_attributes(&self) -> bool {
        true
    }

    /// A row's attributes are here: decodes them.
    fn attributes(&mut self, row: &mut dyn Row);

    /// A row has ended. Takes the record that was decoded, if it was, and says so.
    fn end(&mut self, head: &mut Head) -> bool;
}

/// What a document held, beside its records.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) meta: Meta,
    /// The rows that were no records.
    pub(crate) refused: Vec<Head>,
    /// Whether there was a `data` at all.
    pub(crate) has_data: bool,
}

/// Reads a document's rows into `sink`: `data` may be one record or a list. Of a document that can't be
/// read it is said why.
pub(crate) fn read_document(json: &str, sink: &mut dyn Sink) -> Result<Document, String> {
    Reader::new(json, sink).document().map_err(|broken| why(json, broken))
}

fn why(json: &str, broken: Broken) -> String {
    match broken {
        Broken::Syntax => mistake(json),
        Broken::Other => NO_DOCUMENT.to_owned(),
    }
}

const NO_DOCUMENT: &str = "expected a document with a record or a list of records as its `data`";

/// Where the JSON is bad. What `serde_json` passes over may still be more than it reads.
pub(crate) fn mistake(json: &str) -> String {
    let syntax = serde_json::from_str::<IgnoredAny>(json).err();
    let mistake = syntax.or_else(|| serde_json::from_str::<Value>(json).err());
    mistake.map_or_else(|| NO_DOCUMENT.to_owned(), |error| error.to_string())
}
