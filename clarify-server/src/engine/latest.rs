//! The records that a request has to do with, as they are after its writes so far.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::store::{Record, RecordKey, StoreError};

/// The latest state of each record that was read or written.
#[derive(Default)]
pub(super) struct Latest(BTreeMap<RecordKey, State>);

struct State {
    record: Record,
    is_written: bool,
}

impl Latest {
    /// A record was read, this one; what is known of it already stays.
    pub(super) fn put_read(&mut self, key: RecordKey, record: impl FnOnce() -> Record) {
        self.0.entry(key).or_insert_with(|| State { record: record(), is_written: false });
    }

    /// A record was written.
    pub(super) fn put_written(&mut self, record: Record) {
        self.0.insert(record.key, State { record, is_written: true });
    }

    pub(super) fn get(&self, key: RecordKey) -> Option<&Record> {
        self.0.get(&key).map(|state| &state.record)
    }

    /// Whether a record was read, and is what it was then.
    pub(super) fn is_as_read(&self, key: RecordKey) -> bool {
        self.0.get(&key).is_some_and(|state| !state.is_written)
    }

    /// A record that is written now; it is read where it has not been.
    pub(super) fn write(
        &mut self,
        key: RecordKey,
        read: impl FnOnce() -> Result<Record, StoreError>,
    ) -> Result<&mut Record, StoreError> {
        let state = match self.0.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(State { record: read()?, is_written: true }),
        };
        state.is_written = true;
        Ok(&mut state.record)
    }

    pub(super) fn forget(&mut self, key: RecordKey) {
        self.0.remove(&key);
    }
}
