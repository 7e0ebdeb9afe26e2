//! Writes, applied to the store one after the other within one transaction.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use clarify_attributes::Attributes;
use clarify_schema::{Field, Kind};
use serde_json::Value;

use super::attributes::link_id;
use super::meta::Meta;
use super::relations::{Ties, links_of};
use super::trouble::Trouble;
use super::upsert::{self, Seen, Upsert};
use super::written::Written;
use super::{Fault, Served, attributes, ids, time, unique};
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
    /// The latest state of each record that was read or written.
    latest: BTreeMap<RecordKey, Record>,
}

impl<'a, 'c> Applier<'a, 'c> {
    pub(super) fn new(transaction: &'a mut Transaction<'c>, served: &'a Served) -> Self {
        let now = transaction.now();
        Self { transaction, served, now, latest: BTreeMap::new() }
    }

    /// The record of this id.
    pub(super) fn find(&mut self, id: &str) -> Result<Option<RecordKey>, StoreError> {
        let Some(record) = self.transaction.find(self.served.key, id)? else { return Ok(None) };
        let key = record.key;
        self.latest.entry(key).or_insert(record);
        Ok(Some(key))
    }

    fn holders(&mut self, unique_keys: &[String]) -> Result<Vec<Record>, StoreError> {
        self.transaction.holders()?.all(self.served.key, unique_keys)
    }

    /// What each of these matches before any of them is written.
    pub(super) fn look_up(
        &self,
        upserts: &[Result<Upsert, Vec<Fault>>],
    ) -> Result<Seen, StoreError> {
        upsert::look_up(self.transaction, self.served, upserts)
    }

    /// Creates a record, or changes the one that it matches. The flag says that it matched.
    pub(super) fn upsert(
        &mut self,
        upsert: &Upsert,
        seen: Option<Record>,
        rule: CreateRule,
    ) -> Result<(RecordKey, bool), Trouble> {
        let Upsert { attributes, keys } = upsert;
        attributes::check_length(attributes::length(attributes))?;
        // As long as it is what it was, nobody else can have got its key.
        if let Some(record) = seen.filter(|record| !self.latest.contains_key(&record.key)) {
            return Ok((self.change_record(record, attributes, &Meta::default())?, true));
        }
        if let Some(key) = self.create_new(attributes, keys, rule.ids)? {
            return Ok((key, false));
        }
        let holder = match <[Record; 1]>::try_from(self.holders(keys)?) {
            Ok([holder]) => holder,
            Err(none) if none.is_empty() => {
                return Ok((self.create(attributes, keys, rule.ids)?, false));
            }
            Err(many) => return Err(self.matches_many(&many)),
        };
        if rule.matches {
            Ok((self.change_record(holder, attributes, &Meta::default())?, true))
        } else {
            Err(self.taken_by(&holder))
        }
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
            return Err(self.taken_by(holder));
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
        self.move_links(key, &Attributes::default(), attributes)?;
        self.latest.insert(key, record);
        Ok(key)
    }

    /// Writes `change` over the record's attributes, its collections as `meta` says.
    pub(super) fn change(
        &mut self,
        key: RecordKey,
        change: &Attributes<'_>,
        meta: &Meta,
    ) -> Result<RecordKey, Trouble> {
        // Whatever fails, the record can be read again.
        let record = match self.latest.remove(&key) {
            Some(record) => record,
            None => self.state(key)?,
        };
        self.change_record(record, change, meta)
    }

    fn change_record(
        &mut self,
        mut record: Record,
        change: &Attributes<'_>,
        meta: &Meta,
    ) -> Result<RecordKey, Trouble> {
        let key = record.key;
        let kept = Attributes::of_like(&record.attributes, change).unwrap_or_default();
        let mut change = Cow::Borrowed(change);
        let cleared = meta.combine(&self.served.object, &kept, &mut change);
        if !cleared.is_empty() {
            return Err(Trouble::Cleared(cleared));
        }
        let changed = attributes::changed(&kept, &change);
        attributes::check_length(changed.len())?;
        if self.moves(&kept, &change) {
            let after = attributes::parse(&changed);
            self.move_keys(key, &kept, &after)?;
            self.move_links(key, &kept, &after)?;
        }
        record.updated_at = self.now.max(record.updated_at);
        if record.attributes == changed {
            self.transaction.touch(&record)?;
        } else {
            record.attributes = changed;
            self.transaction.update(&record)?;
        }
        self.latest.insert(key, record);
        Ok(key)
    }

    /// Whether something changes that is kept once more beside the record: what it is matched on, and
    /// its links.
    fn moves(&self, kept: &Attributes<'_>, change: &Attributes<'_>) -> bool {
        let is_beside = |field: &&Field| field.unique || field.kind == Kind::ToOne;
        let mut fields = self.served.object.fields.iter().filter(is_beside);
        fields.any(|field| {
            let before = kept.get(&field.name).unwrap_or("null");
            change.get(&field.name).is_some_and(|after| after != before)
        })
    }

    fn move_keys(
        &mut self,
        record: RecordKey,
        before: &Attributes<'_>,
        after: &Attributes<'_>,
    ) -> Result<(), Trouble> {
        let before = unique::keys(&self.served.object, before);
        let after = unique::keys(&self.served.object, after);
        if before == after {
            return Ok(());
        }
        let others = self.holders(&after)?;
        if let Some(other) = others.into_iter().find(|holder| holder.key != record) {
            return Err(self.taken_by(&other));
        }
        for gone in before.iter().filter(|key| !after.contains(key)) {
            self.transaction.release(self.served.key, gone)?;
        }
        for new in after.iter().filter(|key| !before.contains(key)) {
            self.transaction.claim(self.served.key, new, record)?;
        }
        Ok(())
    }

    /// Notes what the record's to-one links name now.
    fn move_links(
        &mut self,
        record: RecordKey,
        before: &Attributes<'_>,
        after: &Attributes<'_>,
    ) -> Result<(), StoreError> {
        for field in self.served.object.fields.iter().filter(|field| field.kind == Kind::ToOne) {
            let id = |attributes: &Attributes<'_>| attributes.get(&field.name).and_then(link_id);
            let (before, after) = (id(before), id(after));
            if before == after {
                continue;
            }
            let links = links_of(self.served, &field.name);
            if let Some(before) = before {
                self.transaction.unlink(&links, &before, record)?;
            }
            if let Some(after) = after {
                self.transaction.link(&links, &after, record)?;
            }
        }
        Ok(())
    }

    /// Deletes a record: its unique keys can be taken, its links and pairs are gone, and what it was
    /// is kept for a while. What leads to it is untied before.
    pub(super) fn delete(&mut self, key: RecordKey, ties: &Ties) -> Result<(), StoreError> {
        let record = self.state(key)?;
        let attributes = attributes::parse(&record.attributes);
        for unique_key in unique::keys(&self.served.object, &attributes) {
            self.transaction.release(self.served.key, &unique_key)?;
        }
        self.move_links(key, &attributes, &Attributes::default())?;
        for (there, back) in &ties.pairs {
            for other in self.transaction.paired(there, key)? {
                self.transaction.unpair(there, key, back, other)?;
            }
        }
        self.transaction.keep_deleted(self.served.key, &record, self.now)?;
        self.latest.remove(&key);
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
        self.latest.insert(key, record);
        Ok(())
    }

    /// Forgets the records that were deleted longer ago than they are kept.
    pub(super) fn forget_deleted(&mut self) -> Result<(), StoreError> {
        self.transaction.forget_deleted(self.served.key, self.now - time::DELETED_KEPT)
    }

    /// The record as it is after the writes so far.
    pub(super) fn state(&self, key: RecordKey) -> Result<Record, StoreError> {
        if let Some(record) = self.latest.get(&key) {
            return Ok(record.clone());
        }
        let found = self.transaction.get(key)?;
        found.ok_or_else(|| StoreError::Sql(format!("no record has the key {}", key.0)))
    }

    /// The final states of these records, in this order.
    pub(super) fn states(&self, keys: &[RecordKey]) -> Result<Vec<Record>, StoreError> {
        keys.iter().map(|key| self.state(*key)).collect()
    }

    /// Notes these records as they are after all writes, to be shown in this order.
    pub(super) fn note_written(
        &self,
        written: &mut Written,
        order: impl Iterator<Item = RecordKey>,
    ) -> Result<(), StoreError> {
        let mut numbers = BTreeMap::new();
        for key in order {
            match numbers.entry(key) {
                Entry::Occupied(number) => written.push_again(*number.get()),
                Entry::Vacant(new) => {
                    new.insert(written.count());
                    match self.latest.get(&key) {
                        Some(record) => written.push(record.borrowed()),
                        None => written.push(self.state(key)?.borrowed()),
                    }
                }
            }
        }
        Ok(())
    }

    fn taken_by(&self, holder: &Record) -> Trouble {
        let (id, field) = (&holder.id, self.unique_name());
        Trouble::Collision(format!("`{id}` has this value of the unique field `{field}`"))
    }

    fn matches_many(&self, holders: &[Record]) -> Trouble {
        let ids = holders.iter().map(|record| &*record.id).collect::<Vec<_>>().join("` and `");
        let field = self.unique_name();
        Trouble::Collision(format!("the values of `{field}` belong to `{ids}`"))
    }

    fn unique_name(&self) -> &str {
        self.served.object.unique_field().map_or("", |field| &*field.name)
    }
}
