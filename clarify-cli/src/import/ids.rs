//! Which rows went into the same record.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use super::read::Place;

/// The row that each record came from: of an id sixteen bytes, and as many of the row.
#[derive(Default)]
pub(super) struct Ids {
    rows: HashMap<(u64, u64), Place>,
    hashers: (RandomState, RandomState),
}

impl Ids {
    /// An earlier row that was written into the same record.
    pub(super) fn first(&mut self, id: &str, row: Place) -> Option<Place> {
        let key = (self.hashers.0.hash_one(id), self.hashers.1.hash_one(id));
        let first = *self.rows.entry(key).or_insert(row);
        (first != row).then_some(first)
    }
}
