//! Writes, applied to the store one after the other within one transaction.

use std::borrow::Cow;
use std::collections::BTreeMap;

use clarify_attributes::Attributes;
use serde_json::Value;

use super::latest::Latest;
use super::meta::Meta;
use super::relations::Ties;
use super::trouble::Trouble;
use super::upsert::{self, Seen, Upsert};
use super::written::Written;
use super::{Fault, Served, attributes, beside, ids, time, unique};
use crate::contract::IdForm;
use crate::store::{Record, RecordKey, StoreError, Transaction};

/// What a create does where its unique value exists, and where it does not.
#[derive(Clone, Copy)]
pub(super) struct CreateRule {
    /// Whether it changes the record that it matches; else that is a collision.
    pub(super) matches: bool,
    /// The ids of new records.
    pub(super) ids: IdForm,
}

/// Applies the writes of one request.
pub(super) struct Applier<'a, 'c> {
    transaction: &'a mut Transaction<'c>,
    served: &'a Served,
    now: i64,
    latest: Latest,
}

impl<'a, 'c> Applier<'a, 'c> {
    pub(super) fn new(transaction: &'a mut Transaction<'c>, served: &'a Served) -> Self {
        let now = transaction.now();
        Self { transaction, served, now, latest: Latest::default() }
    }

    /// The record of this id.
    pub(super) fn find(&mut self, id: &str) -> Result<Option<RecordKey>, StoreError> {
        let Some(record) = self.transaction.find(self.served.key, id)? else { return Ok(None) };
        let key = record.key;
        self.latest.put_read(key, || record);
        Ok(Some(key))
    }

    fn holders(&mut self, unique_keys: &[String]) -> Result<Vec<Record>, StoreError> {
        self.transaction.holders()?.all(self.served.key, unique_keys)
    }

    /// What each of these matches before any of them is written.
    pub(super) fn look_up(
        &mut self,
        upserts: &[Result<Upsert, Vec<Fault>>],
    ) -> Result<Seen, StoreError> {
        upsert::look_up(self.transaction, self.served, upserts, &mut self.latest)
    }

    /// Creates a record, or changes the one that it matches. The flag says that it matched.
    pub(super) fn upsert(
        &mut self,
        upsert: &Upsert,
        seen: Option<RecordKey>,
        rule: CreateRule,
    ) -> Result<(RecordKey, bool), Trouble> {
        let Upsert { attributes, keys } = upsert;
        attributes::check_length(attributes::length(attributes))?;
        // As long as it is what it was, nobody else can have got its key.
        if let Some(key) = seen.filter(|key| self.latest.is_as_read(*key)) {
            return Ok((self.change(key, attributes, &Meta::default())?, true));
        }
        if let Some(key) = self.create_new(attributes, keys, rule.ids)? {
            return Ok((key, false));
        }
        let holder = match <[Record; 1]>::try_from(self.holders(keys)?) {
            Ok([holder]) => holder,
            Err(none) if none.is_empty() => {
                return Ok((self.create(attributes, keys, rule.ids)?, false));
            }
            Err(many) => return Err(Trouble::ambiguous(self.served, &many)),
        };
        if !rule.matches {
            return Err(Trouble::taken(self.served, &holder));
        }
        let key = holder.key;
        self.latest.put_read(key, || holder);
        Ok((self.change(key, attributes, &Meta::default())?, true))
    }

    /// Creates a record whose unique key nobody has: to claim it takes no longer than to see who has it.
    /// Where somebody has it, or there is more to it, nothing is done.
    fn create_new(
        &mut self,
        attributes: &Attributes<'_>,
        unique_keys: &[String],
        ids: IdForm,
    ) -> Result<Option<RecordKey>, StoreError> {
        let [unique_key] = unique_keys else { return Ok(None) };
        if !attributes::missing(&self.served.object, attributes).is_empty() {
            return Ok(None);
        }
        let key = self.transaction.next_key(self.served.key)?;
        if !self.transaction.claim_free(self.served.key, unique_key, key)? {
            return Ok(None);
        }
        self.insert(attributes, &[], ids).map(Some)
    }

    fn create(
        &mut self,
        attributes: &Attributes<'_>,
        unique_keys: &[String],
        ids: IdForm,
    ) -> Result<RecordKey, Trouble> {
        let missing = attributes::missing(&self.served.object, attributes);
        if missing.is_empty() {
            Ok(self.insert(attributes, unique_keys, ids)?)
        } else {
            Err(Trouble::Missing(missing))
        }
    }

    fn insert(
        &mut self,
        attributes: &Attributes<'_>,
        unique_keys: &[String],
        ids: IdForm,
    ) -> Result<RecordKey, StoreError> {
        let record = Record {
            key: self.transaction.next_key(self.served.key)?,
            id: ids::new(&self.served.object, ids),
            created_at: self.now,
            updated_at: self.now,
            attributes: attributes::render(attributes),
            merged_ids: None,
        };
        self.insert_record(record, attributes, unique_keys)
    }

    /// Inserts a record whose id and times are given; its key is set.
    pub(super) fn insert_given(
        &mut self,
        mut record: Record,
        attributes: &Attributes<'_>,
    ) -> Result<RecordKey, Trouble> {
        let keys = unique::keys(&self.served.object, attributes);
        if let Some(holder) = self.holders(&keys)?.first() {
            return Err(Trouble::taken(self.served, holder));
        }
        record.key = self.transaction.next_key(self.served.key)?;
        Ok(self.insert_record(record, attributes, &keys)?)
    }

    fn insert_record(
        &mut self,
        record: Record,
        attributes: &Attributes<'_>,
        unique_keys: &[String],
    ) -> Result<RecordKey, StoreError> {
        let key = record.key;
        self.transaction.insert(self.served.key, &record)?;
        for unique_key in unique_keys {
            self.transaction.claim(self.served.key, unique_key, key)?;
        }
        let none = Attributes::default();
        beside::move_links(self.transaction, self.served, key, &none, attributes)?;
        self.latest.put_written(record);
        Ok(key)
    }

    /// Writes `change` over the record's attributes, its collections as `meta` says.
    pub(super) fn change(
        &mut self,
        key: RecordKey,
        change: &Attributes<'_>,
        meta: &Meta,
    ) -> Result<RecordKey, Trouble> {
        let Self { transaction, served, now, latest } = self;
        let record = latest.write(key, || read(transaction, key))?;
        let changed = match replaced(served, &record.attributes, change, meta) {
            Some(replaced) => {
                attributes::check_length(replaced.len())?;
                replaced
            }
            None => rewrite(transaction, served, record, change, meta)?.into(),
        };
        record.updated_at = record.updated_at.max(*now);
        match changed {
            Cow::Owned(changed) if record.attributes != changed => {
                record.attributes = changed;
                transaction.update(record)?;
            }
            _ => transaction.touch(record)?,
        }
        Ok(key)
    }

    /// Deletes a record: its unique keys can be taken, its links and pairs are gone, and what it was
    /// is kept for a while. What leads to it is untied before.
    pub(super) fn delete(&mut self, key: RecordKey, ties: &Ties) -> Result<(), StoreError> {
        let record = self.state(key)?;
        let attributes = attributes::parse(&record.attributes);
        for unique_key in unique::keys(&self.served.object, &attributes) {
            self.transaction.release(self.served.key, &unique_key)?;
        }
        let none = Attributes::default();
        beside::move_links(self.transaction, self.served, key, &attributes, &none)?;
        for (there, back) in &ties.pairs {
            for other in self.transaction.paired(there, key)? {
                self.transaction.unpair(there, key, back, other)?;
            }
        }
        self.transaction.keep_deleted(self.served.key, &record, self.now)?;
        self.latest.forget(key);
        self.transaction.delete(key)
    }

    /// Notes in a record which ones were merged into it, and into those before.
    pub(super) fn note_merged(
        &mut self,
        key: RecordKey,
        sources: &[Record],
    ) -> Result<(), StoreError> {
        let mut record = self.state(key)?;
        let mut ids = record.merged();
        for source in sources {
            ids.push(source.id.clone());
            ids.extend(source.merged());
        }
        record.merged_ids = Some(Value::from(ids).to_string());
        self.transaction.update(&record)?;
        self.latest.put_written(record);
        Ok(())
    }

    /// Forgets the records that were deleted longer ago than they are kept.
    pub(super) fn forget_deleted(&mut self) -> Result<(), StoreError> {
        self.transaction.forget_deleted(self.served.key, self.now - time::DELETED_KEPT)
    }

    /// The record as it is after the writes so far.
    pub(super) fn state(&self, key: RecordKey) -> Result<Record, StoreError> {
        self.latest.get(key).map_or_else(|| read(self.transaction, key), |known| Ok(known.clone()))
    }

    /// The final states of these records, in this order.
    pub(super) fn states(&self, keys: &[RecordKey]) -> Result<Vec<Record>, StoreError> {
        keys.iter().map(|key| self.state(*key)).collect()
    }

    /// Puts these records into what is shown, as they are after all writes, in this order.
    pub(super) fn fill(
        &self,
        written: &mut Written,
        order: &[RecordKey],
    ) -> Result<(), StoreError> {
        let (mut firsts, mut length) = (BTreeMap::new(), 0);
        for (number, key) in order.iter().enumerate() {
            firsts.entry(*key).or_insert_with(|| {
                length += self.latest.get(*key).map_or(0, Record::length);
                number
            });
        }
        written.reserve(length);
        for (number, key) in order.iter().enumerate() {
            match (firsts.get(key), self.latest.get(*key)) {
                (Some(first), _) if *first < number => written.push_again(*first),
                (_, Some(known)) => written.push(known.borrowed()),
                (_, None) => written.push(read(self.transaction, *key)?.borrowed()),
            }
        }
        Ok(())
    }
}

fn read(transaction: &Transaction<'_>, key: RecordKey) -> Result<Record, StoreError> {
    let found = transaction.get(key)?;
    found.ok_or_else(|| StoreError::Sql(format!("no record has the key {}", key.0)))
}

/// What is kept of a record once `change` has put values in the place of others, where that is all, and
/// nothing moves that is kept beside it.
fn replaced<'k>(
    served: &Served,
    kept: &'k str,
    change: &Attributes<'_>,
    meta: &Meta,
) -> Option<Cow<'k, str>> {
    if !meta.is_empty() {
        return None;
    }
    let mut moves = false;
    let replaced = change.written_over(kept, |name| moves |= beside::has(served, name))?;
    (!moves).then_some(replaced)
}

/// What is kept of a record once `change` is written over it, whatever that does; what is kept beside it
/// is moved.
fn rewrite(
    transaction: &mut Transaction<'_>,
    served: &Served,
    record: &Record,
    change: &Attributes<'_>,
    meta: &Meta,
) -> Result<String, Trouble> {
    let kept = attributes::parse(&record.attributes);
    let mut change = Cow::Borrowed(change);
    let cleared = meta.combine(&served.object, &kept, &mut change);
    if !cleared.is_empty() {
        return Err(Trouble::Cleared(cleared));
    }
    let changed = attributes::changed(&kept, &change);
    attributes::check_length(changed.len())?;
    if beside::moves(served, &kept, &change) {
        let after = attributes::parse(&changed);
        beside::move_keys(transaction, served, record.key, &kept, &after)?;
        beside::move_links(transaction, served, record.key, &kept, &after)?;
    }
    Ok(changed)
}
