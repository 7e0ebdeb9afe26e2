//! Items that are sent together.

use std::ops::Range;

use clarify_schema::Text;

use super::Work;
use super::key::Key;
use super::outcome::Ended;
use super::unit::{Change, Unit};
use crate::patch::Manner;

/// Items that are sent together.
///
/// Their attributes are in one place: a batch is under way for a while, and to look for each in the
/// memory of its own, gone cold, takes longer than to read them all. It is sent by another thread than
/// the one that made it, so there is little in it.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// What is done with all of them, once there is one.
    pub(super) work: Option<Work>,
    pub(super) parts: Vec<Part>,
    pub(super) json: Vec<u8>,
    /// What belongs to them while they are under way.
    pub(super) keys: Vec<Key>,
}

/// What a batch has of one item.
#[derive(Debug)]
pub(super) struct Part {
    /// The item's place in the source.
    pub(super) index: u64,
    /// Where its attributes are in the JSON of the batch.
    range: Range<usize>,
    change: Option<Box<Change>>,
    /// What has become of it, once that is known.
    pub(super) end: Option<Ended>,
}

impl Batch {
    /// Takes an item, and leaves the memory that its attributes were in.
    pub(super) fn push(&mut self, unit: Unit) -> Vec<u8> {
        let Unit { index, work, mut json, change, keys, .. } = unit;
        let start = self.json.len();
        self.json.append(&mut json);
        self.work = Some(work);
        self.keys.extend(keys.iter());
        self.parts.push(Part { index, range: start..self.json.len(), change, end: None });
        json
    }

    /// All of them end like this.
    pub(super) fn end(&mut self, end: &Ended) {
        self.parts.iter_mut().for_each(|part| part.end = Some(end.clone()));
    }

    pub(super) fn clear(&mut self) {
        self.work = None;
        self.parts.clear();
        self.json.clear();
        self.keys.clear();
    }
}

impl Part {
    /// Its attributes, of those of its batch.
    pub(super) fn json_in<'b>(&self, batch: &'b [u8]) -> &'b [u8] {
        batch.get(self.range.clone()).unwrap_or_default()
    }

    /// The id of the record that is updated or deleted.
    pub(super) fn id(&self) -> &str {
        self.change.as_ref().map_or("", |change| &change.id)
    }

    /// How each field goes together with what the record has.
    pub(super) fn manners(&self) -> &[(Text, Manner)] {
        self.change.as_ref().map_or(&[], |change| &change.manners)
    }
}
