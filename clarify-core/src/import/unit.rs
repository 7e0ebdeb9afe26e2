//! One item, ready to be sent.

use clarify_attributes::{Write, item_key, validate};
use clarify_schema::{Decimal, Object, Text};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Work;
use super::key::{ItemKeys, Key};
use crate::codec::Encoded;
use crate::error::Problem;
use crate::patch::{Changes, Manner};
use crate::request::write;
use crate::value::read_json;

/// One item, ready to be sent.
#[derive(Debug)]
pub(crate) struct Unit {
    /// Its place in the source.
    pub(super) index: u64,
    /// What is done with it.
    pub(super) work: Work,
    /// Its attributes.
    pub(super) json: Vec<u8>,
    /// Where there is more to be said. Most items have but attributes, and are moved about quickly.
    pub(super) change: Option<Box<Change>>,
    /// What it can't share with another that is under way: values of the unique field, or its id.
    pub(super) keys: ItemKeys,
    /// Whether there is nothing to send.
    pub(super) is_empty: bool,
}

/// Which record is updated or deleted, and how.
#[derive(Debug, Default)]
pub(super) struct Change {
    pub(super) id: String,
    /// How each field goes together with what the record has.
    pub(super) manners: Vec<(Text, Manner)>,
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
        let (json, keys) = (Vec::new(), ItemKeys::default());
        Self { index: 0, work, json, change: None, keys, is_empty: false }
    }

    /// A change to a record.
    pub(crate) fn change(id: &str, changes: Result<Changes, Vec<Problem>>) -> Prepared {
        let Changes { attributes, manners } = changes?;
        let is_empty = manners.is_empty();
        Ok(Self { json: attributes, is_empty, ..Self::of(Work::Update, id, manners)? })
    }

    /// A record to be deleted.
    pub(crate) fn deletion(id: &str) -> Prepared {
        Self::of(Work::Delete, id, Vec::new())
    }

    fn of(work: Work, id: &str, manners: Vec<(Text, Manner)>) -> Prepared {
        if id.is_empty() {
            return Err(vec![Problem::new("", "the id of a record can't be empty")]);
        }
        let keys = [Key::of(id.as_bytes())].into_iter().collect();
        let change = Change { id: id.to_owned(), manners };
        Ok(Self { change: Some(Box::new(change)), keys, ..Self::new(work) })
    }

    /// How each field goes together with what the record has.
    pub(super) fn manners(&self) -> &[(Text, Manner)] {
        self.change.as_ref().map_or(&[], |change| &change.manners)
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

/// The values of a unique field, so that two are equal where the service takes them for equal.
fn keys(unique: &[u8]) -> ItemKeys {
    if let Some(text) = plain_text(unique) {
        return [Key::of(text)].into_iter().collect();
    }
    let value = read_json(unique).unwrap_or_default();
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
