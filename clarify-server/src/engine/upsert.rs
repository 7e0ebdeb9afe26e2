//! What creates write: new records, or changes to those that they match.

use clarify_attributes::Attributes;

use super::body::Item;
use super::latest::Latest;
use super::{Fault, Served, unique};
use crate::store::{RecordKey, StoreError, Transaction};

/// A record to create, or to write over the one that it matches.
pub(super) struct Upsert {
    pub(super) attributes: Attributes<'static>,
    /// What it is matched on.
    pub(super) keys: Vec<String>,
}

/// Which record each upsert matches before any of their request is written, by its number.
#[derive(Default)]
pub(super) struct Seen(Vec<Option<RecordKey>>);

impl Upsert {
    pub(super) fn of(served: &Served, item: Item) -> Result<Self, Vec<Fault>> {
        let attributes = item.ready()?;
        let keys = unique::keys(&served.object, &attributes);
        Ok(Self { attributes, keys })
    }
}

impl Seen {
    pub(super) fn of(&self, number: usize) -> Option<RecordKey> {
        *self.0.get(number)?
    }
}

/// Looks up what each of these matches, all of them together; only those with one key, as a record is
/// read for each of its keys. One by itself is not looked up: it is found to match when its key is
/// claimed.
pub(super) fn look_up(
    transaction: &Transaction<'_>,
    served: &Served,
    upserts: &[Result<Upsert, Vec<Fault>>],
    latest: &mut Latest,
) -> Result<Seen, StoreError> {
    if let [_] = upserts {
        return Ok(Seen::default());
    }
    let count = upserts.len();
    let (mut numbers, mut keys) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for (number, upsert) in upserts.iter().enumerate() {
        if let Ok(Upsert { keys: own, .. }) = upsert
            && let [key] = own.as_slice()
        {
            numbers.push(number);
            keys.push(key.as_str());
        }
    }
    let mut seen = vec![None; count];
    transaction.show_holders(served.key, &keys, |place, record| {
        if let Some(seen) = numbers.get(place).and_then(|number| seen.get_mut(*number)) {
            *seen = Some(record.key);
            latest.put_read(record.key, || record.to_record());
        }
    })?;
    Ok(Seen(seen))
}
