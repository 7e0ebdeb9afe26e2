//! One item, ready to be sent.

use std::ops::Range;

use clarify_schema::{Decimal, Object, Text, Write, item_key, validate};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Work;
use super::key::{ItemKeys, Key};
use super::outcome::Ended;
use crate::codec::Encoded;
use crate::error::Problem;
use crate::patch::{Changes, Manner};
use crate::request::write;

/// One item, ready to be sent.
#[derive(Debug)]
pub(crate) struct Unit {
    /// Its place in the source.
    pub(super) index: u64,
    /// What is done with it.
    pub(super) work: Work,
    /// Its attributes, until it is in a batch.
    pub(super) json: Vec<u8>,
    /// Where they are among those of its batch.
    pub(super) range: Range<usize>,
    /// The id of the record that is updated or deleted.
    pub(super) id: Option<String>,
    /// How each field goes together with what the record has.
    pub(super) manners: Vec<(Text, Manner)>,
    /// What it can't share with another that is under way: values of the unique field, or its id.
    pub(super) keys: ItemKeys,
    /// Whether there is nothing to send.
    pub(super) is_empty: bool,
    /// What has become of it, once that is known.
    pub(super) end: Option<Ended>,
}

/// How an item is made ready.
pub(crate) type Prepared = Result<Unit, Vec<Problem>>;

impl Unit {
    /// A record to be created or upserted.
    pub(crate) fn record(
        object: &Object,
        work: Work,
        encoded: Result<Encoded, Vec<Problem>>,
    ) -> Prepared {
        let encoded = encoded?;
        write::matchable(object, &encoded, work == Work::Upsert)?;
        let keys = encoded.unique().map(keys).unwrap_or_default();
        Ok(Self { json: encoded.json, keys, ..Self::new(work) })
    }

    pub(super) fn new(work: Work) -> Self {
        let (json, manners, keys) = (Vec::new(), Vec::new(), ItemKeys::default());
        Self {
            index: 0,
            work,
            json,
            range: 0..0,
            id: None,
            manners,
            keys,
            is_empty: false,
            end: None,
        }
    }

    /// A change to a record.
    pub(crate) fn change(id: &str, changes: Result<Changes, Vec<Problem>>) -> Prepared {
        let Changes { attributes, manners } = changes?;
        let is_empty = manners.is_empty();
        Ok(Self { json: attributes, manners, is_empty, ..Self::of(Work::Update, id)? })
    }

    /// A record to be deleted.
    pub(crate) fn deletion(id: &str) -> Prepared {
        Self::of(Work::Delete, id)
    }

    fn of(work: Work, id: &str) -> Prepared {
        if id.is_empty() {
            return Err(vec![Problem::new("", "the id of a record can't be empty")]);
        }
        let keys = [Key::of(id.as_bytes())].into_iter().collect();
        Ok(Self { id: Some(id.to_owned()), keys, ..Self::new(work) })
    }

    /// Its attributes, of those of its batch.
    pub(super) fn json_in<'b>(&self, batch: &'b [u8]) -> &'b [u8] {
        batch.get(self.range.clone()).unwrap_or_default()
    }

    /// What the schema finds wrong with the attributes.
    pub(super) fn check(&self, object: &Object) -> Vec<Problem> {
        let write = if self.work == Work::Create { Write::Create } else { Write::Update };
        let json = std::str::from_utf8(&self.json).unwrap_or_default();
        let Ok(attributes) = serde_json::from_str::<&RawValue>(json) else { return Vec::new() };
        let found = validate(object, attributes, write).into_iter();
        found.map(|found| Problem::new(found.pointer, found.detail)).collect()
    }
}

/// Items that are sent together.
///
/// Their attributes are in one place: a batch is under way for a while, and to look for each in the
/// memory of its own, gone cold, takes longer than to read them all.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) units: Vec<Unit>,
    pub(super) json: Vec<u8>,
}

impl Batch {
    /// Takes an item, and leaves the memory that its attributes were in.
    pub(super) fn push(&mut self, mut unit: Unit) -> Vec<u8> {
        let start = self.json.len();
        self.json.append(&mut unit.json);
        unit.range = start..self.json.len();
        let memory = std::mem::take(&mut unit.json);
        self.units.push(unit);
        memory
    }

    pub(super) fn clear(&mut self) {
        self.units.clear();
        self.json.clear();
    }
}

/// The values of a unique field, so that two are equal where the service takes them for equal.
fn keys(unique: &[u8]) -> ItemKeys {
    if let Some(text) = plain_text(unique) {
        return [Key::of(text)].into_iter().collect();
    }
    let value: Value = serde_json::from_slice(unique).unwrap_or_default();
    match value.get("items").and_then(Value::as_array) {
        Some(items) => items.iter().map(|item| Key::of(item_key(&text(item)).as_bytes())).collect(),
        None => [Key::of(text(&value).as_bytes())].into_iter().collect(),
    }
}

/// What is in a JSON string in which nothing is escaped, as in most: there is nothing to parse.
fn plain_text(json: &[u8]) -> Option<&[u8]> {
    let text = json.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    (!text.contains(&b'\\')).then_some(text)
}

/// `12.0` is `12`.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let number = number.to_string();
            number.parse::<Decimal>().map_or(number, |number| number.to_string())
        }
        other => other.to_string(),
    }
}
