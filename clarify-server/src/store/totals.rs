//! Totals that were counted, until the next write to their object.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{Condition, ObjectKey};

/// How many totals are kept. Their conditions are as long as what clients ask.
const MOST: usize = 256;

#[derive(Debug, Default)]
pub(super) struct Totals {
    counted: Mutex<HashMap<(ObjectKey, Vec<Condition>), Counted>>,
}

#[derive(Clone, Copy, Debug)]
struct Counted {
    /// How many commits had changed the object's records.
    commits: i64,
    total: u64,
}

impl Totals {
    /// How many records met the conditions after so many commits.
    pub(super) fn get(
        &self,
        object: ObjectKey,
        conditions: &[Condition],
        commits: i64,
    ) -> Option<u64> {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let found = counted.get(&(object, conditions.to_vec()))?;
        (found.commits == commits).then_some(found.total)
    }

    pub(super) fn put(
        &self,
        object: ObjectKey,
        conditions: &[Condition],
        commits: i64,
        total: u64,
    ) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MOST {
            counted.clear();
        }
        counted.insert((object, conditions.to_vec()), Counted { commits, total });
    }

    pub(super) fn forget(&self) {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
