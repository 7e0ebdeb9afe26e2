//! Records that a request has written, and how its answer shows them.

use std::ops::Range;

use clarify_attributes::Attributes;

use super::fields::Selection;
use super::render::Form;
use super::time::Times;
use super::{Engine, Served, attributes, shown};
use crate::store::{RecordKey, RecordRef};

/// No shorter than an id that is made here, and what else a record's texts have.
const ID: usize = 40;

/// Records as they are after all that a request has written, in the order in which it named them. One
/// that it named twice is shown twice.
///
/// Their texts stand in one, and whoever shows them makes the room for it, for the reason that
/// [`write_given`](Engine::write_given) has.
pub(super) struct Written {
    texts: String,
    places: Vec<Place>,
}

/// Where the texts of a record stand, and what else it has.
#[derive(Clone)]
struct Place {
    key: RecordKey,
    id: Range<usize>,
    created_at: i64,
    updated_at: i64,
    attributes: Range<usize>,
    merged_ids: Option<Range<usize>>,
}

/// Records as the members of a JSON list, and how many they are.
pub(crate) struct Batch {
    pub(crate) records: String,
    pub(crate) count: usize,
}

impl Written {
    /// None yet, with room for so many, which have these attributes as far as is known.
    pub(super) fn with_room_for<'a>(
        count: usize,
        attributes: impl Iterator<Item = &'a Attributes<'a>>,
    ) -> Self {
        let length: usize = attributes.map(attributes::length).sum();
        let texts = String::with_capacity(length + count * ID);
        Self { texts, places: Vec::with_capacity(count) }
    }

    /// How many they are.
    pub(super) fn count(&self) -> usize {
        self.places.len()
    }

    /// Makes room for texts of this length, where there is too little.
    pub(super) fn reserve(&mut self, length: usize) {
        self.texts.reserve_exact(length);
    }

    pub(super) fn push(&mut self, record: RecordRef<'_>) {
        let RecordRef { key, id, created_at, updated_at, attributes, merged_ids } = record;
        let (id, attributes) = (self.add(id), self.add(attributes));
        let merged_ids = merged_ids.map(|ids| self.add(ids));
        self.places.push(Place { key, id, created_at, updated_at, attributes, merged_ids });
    }

    /// The one of this number once more.
    pub(super) fn push_again(&mut self, number: usize) {
        self.places.extend(self.places.get(number).cloned());
    }

    fn add(&mut self, text: &str) -> Range<usize> {
        let start = self.texts.len();
        self.texts.push_str(text);
        start..self.texts.len()
    }

    fn each(&self) -> impl Iterator<Item = RecordRef<'_>> {
        let text = |range: &Range<usize>| self.texts.get(range.clone()).unwrap_or_default();
        self.places.iter().map(move |place| RecordRef {
            key: place.key,
            id: text(&place.id),
            created_at: place.created_at,
            updated_at: place.updated_at,
            attributes: text(&place.attributes),
            merged_ids: place.merged_ids.as_ref().map(text),
        })
    }
}

impl Engine {
    pub(super) fn show_written(&self, object: &Served, written: &Written) -> Batch {
        let length = written.each().map(|record| record.attributes.len() + shown::FRAME).sum();
        let mut records = String::with_capacity(length);
        let mut times = Times::new(self.contract.second_digits);
        let mut form = Form::new(&object.object, Selection::All, self.contract, &mut times);
        for record in written.each() {
            if !records.is_empty() {
                records.push(',');
            }
            form.push(&mut records, record, None);
        }
        Batch { records, count: written.count() }
    }
}
