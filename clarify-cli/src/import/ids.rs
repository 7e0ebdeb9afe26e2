//! Which rows went into the same record.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

/// The line of the row that each record came from: of an id sixteen bytes.
#[derive(Default)]
pub(super) struct Ids {
    lines: HashMap<(u64, u64), u64>,
    hashers: (RandomState, RandomState),
}

impl Ids {
    /// The line of an earlier row that was written into the same record.
    pub(super) fn first_line(&mut self, id: &str, line: u64) -> Option<u64> {
        let key = (self.hashers.0.hash_one(id), self.hashers.1.hash_one(id));
        let first = *self.lines.entry(key).or_insert(line);
        (first != line).then_some(first)
    }
}
