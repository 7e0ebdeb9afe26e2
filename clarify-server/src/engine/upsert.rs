//! What creates write: new records, or changes to those that they match.

use std::collections::BTreeMap;

use clarify_attributes::Attributes;

use super::body::Item;
use super::{Fault, Served, unique};
use crate::store::{Record, RecordKey, StoreError, Transaction};

/// A record to create, or to write over the one that it matches.
pub(super) struct Upsert {
    pub(super) attributes: Attributes<'static>,
    /// What it is matched on.
    pub(super) keys: Vec<String>,
}

/// The records that upserts match before any of their request is written.
#[derive(Default)]
pub(super) struct Seen {
    records: BTreeMap<RecordKey, Record>,
    /// Which of them each upsert matches, by its number.
    keys: BTreeMap<usize, RecordKey>,
}

impl Upsert {
    pub(super) fn of(served: &Served, item: Item) -> Result<Self, Vec<Fault>> {
        let attributes = item.ready()?;
        let keys = unique::keys(&served.object, &attributes);
        Ok(Self { attributes, keys })
    }
}

impl Seen {
    /// The record that the upsert of this number matches, once.
    pub(super) fn take(&mut self, number: usize) -> Option<Record> {
        self.records.remove(self.keys.get(&number)?)
    }
}

/// Looks up what each of these matches, all of them together; only those with one key, as a record is
/// read for each of its keys. One by itself is not looked up: it is found to match when its key is
/// claimed.
pub(super) fn look_up(
    transaction: &Transaction<'_>,
    served: &Served,
    upserts: &[Result<Upsert, Vec<Fault>>],
) -> Result<Seen, StoreError> {
    let mut seen = Seen::default();
    if let [_] = upserts {
        return Ok(seen);
    }
    let (mut numbers, mut keys) = (Vec::new(), Vec::new());
    for (number, upsert) in upserts.iter().enumerate() {
        if let Ok(Upsert { keys: own, .. }) = upsert
            && let [key] = own.as_slice()
        {
            numbers.push(number);
            keys.push(key.as_str());
        }
    }
    transaction.show_holders(served.key, &keys, |place, record| {
        if let Some(number) = numbers.get(place) {
            seen.keys.insert(*number, record.key);
            seen.records.entry(record.key).or_insert_with(|| record.to_record());
        }
    })?;
    Ok(seen)
}
