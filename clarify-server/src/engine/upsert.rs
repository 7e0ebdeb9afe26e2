//! What creates write: new records, or changes to those that they match.

use clarify_attributes::Attributes;

use super::body::Item;
use super::{Fault, Served, unique};
use crate::store::{Record, RecordRef, StoreError, Transaction};

/// A record to create, or to write over the one that it matches.
pub(super) struct Upsert {
    pub(super) attributes: Attributes<'static>,
    /// What it is matched on.
    pub(super) keys: Vec<String>,
}

/// What is known of the records that one matches before any of its request is written.
#[derive(Default)]
pub(super) enum Seen {
    /// There is none, or nobody has looked.
    #[default]
    Nothing,
    /// There is this one, which has so many of the keys.
    One(Record, usize),
    Many,
}

impl Upsert {
    pub(super) fn of(served: &Served, item: Item) -> Result<Self, Vec<Fault>> {
        let attributes = item.ready()?;
        let keys = unique::keys(&served.object, &attributes);
        Ok(Self { attributes, keys })
    }
}

impl Seen {
    fn add(&mut self, record: RecordRef<'_>) {
        match self {
            Self::Nothing => *self = Self::One(record.to_record(), 1),
            Self::One(known, keys) if known.key == record.key => *keys += 1,
            _ => *self = Self::Many,
        }
    }
}

/// Looks up what each of these matches, all of them together. A single one is not looked up: it is found
/// to match when its key is claimed.
pub(super) fn look_up(
    transaction: &Transaction<'_>,
    served: &Served,
    upserts: &[Result<Upsert, Vec<Fault>>],
) -> Result<Vec<Seen>, StoreError> {
    let mut seen: Vec<_> = upserts.iter().map(|_| Seen::Nothing).collect();
    if let [_] = upserts {
        return Ok(seen);
    }
    let (mut numbers, mut keys) = (Vec::new(), Vec::new());
    for (number, upsert) in upserts.iter().enumerate() {
        for key in upsert.iter().flat_map(|upsert| &upsert.keys) {
            numbers.push(number);
            keys.push(&**key);
        }
    }
    transaction.show_holders(served.key, &keys, |place, record| {
        if let Some(seen) = numbers.get(place).and_then(|number| seen.get_mut(*number)) {
            seen.add(record);
        }
    })?;
    Ok(seen)
}
