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
/// They are put together in the body that is sent: a batch is under way for a while, and to look for
/// each item in the memory of its own, gone cold, takes longer than to read them all. It is sent by
/// another thread than the one that made it, so there is little in it.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// What is done with all of them, once there is one.
    pub(super) work: Option<Work>,
    pub(super) parts: Vec<Part>,
    /// The body of the call that is about all of them; its end is written when it is sent.
    pub(super) body: Vec<u8>,
    /// What belongs to them while they are under way.
    pub(super) keys: Vec<Key>,
}

/// What a batch has of one item.
#[derive(Debug)]
pub(super) struct Part {
    /// The item's place in the source.
    pub(super) index: u64,
    /// Where it is in the body of its batch.
    place: Range<usize>,
    change: Option<Box<Change>>,
    /// What has become of it, once that is known.
    pub(super) end: Option<Ended>,
}

impl Batch {
    /// Takes an item of this object, and leaves the memory that its attributes were in.
    pub(super) fn push(&mut self, object: &str, unit: Unit) -> Vec<u8> {
        let Unit { index, work, json, change, keys, .. } = unit;
        let mut part = Part { index, place: 0..0, change, end: None };
        self.body.extend_from_slice(work.before_item(self.parts.is_empty()));
        part.place.start = self.body.len();
        work.write_item(&mut self.body, object, part.id(), &json);
        part.place.end = self.body.len();
        self.work = Some(work);
        self.keys.extend(keys.iter());
        self.parts.push(part);
        json
    }

    /// All of them end like this.
    pub(super) fn end(&mut self, end: &Ended) {
        self.parts.iter_mut().for_each(|part| part.end = Some(end.clone()));
    }

    /// Empties it, and keeps its memory.
    pub(super) fn clear(&mut self) {
        self.work = None;
        self.parts.clear();
        self.body.clear();
        self.keys.clear();
    }
}

impl Part {
    /// The item in the body of its batch.
    pub(super) fn json_in<'b>(&self, body: &'b [u8]) -> &'b [u8] {
        body.get(self.place.clone()).unwrap_or_default()
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
