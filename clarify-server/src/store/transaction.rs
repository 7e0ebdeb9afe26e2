//! What writes do to the store, each of them all or nothing.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::at_once::run;
use super::changes::Changes;
use super::statements::Statements;
use super::{
    Column, Holders, ObjectKey, Record, RecordKey, RecordRef, StoreError, StoredObject, Version,
    holders, indexes, objects, records, selects,
};

/// The writes of one commit under way, on the thread that writes.
pub(crate) struct Transaction<'c> {
    connection: &'c Connection,
    statements: Statements<'c>,
    /// What the write under way has changed.
    changes: Changes,
    known: BTreeMap<ObjectKey, Known>,
    now: i64,
}

/// How a write is undone that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undo {
    /// By itself: what it has written goes, and the other writes of its commit stay.
    Alone,
    /// With its whole commit. It is for who finds out whether a write can be done before anything is
    /// written: to make one that can be undone by itself takes SQLite as long as a statement does, and
    /// a copy of each page.
    Together,
}

/// What the writes of a commit have found out about an object.
#[derive(Default)]
struct Known {
    version: Option<Version>,
    /// The last key that is taken.
    last: Option<i64>,
    selects: Option<Vec<String>>,
}

impl<'c> Transaction<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self {
            connection,
            statements: Statements::of(connection),
            changes: Changes::default(),
            known: BTreeMap::new(),
            now: 0,
        }
    }

    /// Carries out one write at this moment, all or nothing: false when nothing of it is to be kept.
    pub(super) fn carry_out(
        &mut self,
        now: i64,
        undo: Undo,
        work: impl FnOnce(&mut Self) -> bool,
    ) -> Result<Changes, StoreError> {
        let before = self.connection.total_changes();
        if undo == Undo::Alone {
            run(self.connection, "SAVEPOINT job")?;
        }
        self.now = now;
        let keep = work(self);
        let changes = self.take_changes();
        if self.connection.is_autocommit() {
            // Some failures, a full disk among them, end the whole transaction.
            return Err(StoreError::Sql("the transaction was rolled back".to_owned()));
        }
        match undo {
            Undo::Alone if keep => run(self.connection, "RELEASE job")?,
            Undo::Alone => self.connection.execute_batch("ROLLBACK TO job; RELEASE job")?,
            Undo::Together if keep || self.connection.total_changes() == before => {}
            Undo::Together => return Err(StoreError::Sql("a write was half done".to_owned())),
        }
        if keep {
            return Ok(changes);
        }
        self.known.clear();
        Ok(Changes::default())
    }

    pub(super) fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }

    /// The moment of the write, in milliseconds since the epoch.
    pub(crate) const fn now(&self) -> i64 {
        self.now
    }

    pub(super) const fn connection(&self) -> &Connection {
        self.connection
    }

    pub(crate) fn find(&self, object: ObjectKey, id: &str) -> Result<Option<Record>, StoreError> {
        records::find(self.connection, object, id)
    }

    pub(crate) fn get(&self, key: RecordKey) -> Result<Option<Record>, StoreError> {
        records::get(self.connection, key)
    }

    /// What finds the records that have a unique key.
    pub(crate) fn holders(&mut self) -> Result<&mut Holders<'c>, StoreError> {
        self.statements.holders()
    }

    /// Shows who has which of these unique keys.
    pub(crate) fn show_holders(
        &self,
        object: ObjectKey,
        unique_keys: &[&str],
        show: impl FnMut(usize, RecordRef<'_>),
    ) -> Result<(), StoreError> {
        holders::show_each(self.connection, object, unique_keys, show)
    }

    /// The key of the record that is inserted next: the same until one is.
    pub(crate) fn next_key(&mut self, object: ObjectKey) -> Result<RecordKey, StoreError> {
        let known = self.known.entry(object).or_default();
        let last = match known.last {
            Some(last) => last,
            None => {
                let last = records::last_key(self.connection, object)?;
                last.unwrap_or(*object.records().start())
            }
        };
        known.last = Some(last);
        Ok(RecordKey(last + 1))
    }

    pub(crate) fn insert(&mut self, object: ObjectKey, record: &Record) -> Result<(), StoreError> {
        self.statements.insert(object, record)?;
        self.known.entry(object).or_default().last = Some(record.key.0);
        self.changes.add(record.key, 1);
        self.count_options(record.key, &record.attributes, 1)
    }

    /// Writes a record's attributes and the time of its last change.
    pub(crate) fn update(&mut self, record: &Record) -> Result<(), StoreError> {
        self.changes.add(record.key, 0);
        if self.selects_of(record.key.object())?.is_empty() {
            // Neither of the others has to find that out, for each record that is written.
            return self.statements.update(record);
        }
        self.uncount_options(record.key)?;
        self.statements.update(record)?;
        self.count_options(record.key, &record.attributes, 1)
    }

    /// Writes the time of a record's last change alone: no index of its values has to be.
    pub(crate) fn touch(&mut self, record: &Record) -> Result<(), StoreError> {
        self.changes.add(record.key, 0);
        self.statements.touch(record)
    }

    /// Lists of these two objects may show otherwise now, though no record of them has changed.
    pub(super) fn note_links(&mut self, one: ObjectKey, other: ObjectKey) {
        self.changes.touch(one);
        self.changes.touch(other);
    }

    pub(crate) fn delete(&mut self, key: RecordKey) -> Result<(), StoreError> {
        self.changes.add(key, -1);
        self.uncount_options(key)?;
        records::delete(self.connection, key)
    }

    /// Takes the options that a record has, as it is kept, out of their totals.
    fn uncount_options(&mut self, key: RecordKey) -> Result<(), StoreError> {
        if self.selects_of(key.object())?.is_empty() {
            return Ok(());
        }
        match records::get(self.connection, key)? {
            Some(record) => self.count_options(key, &record.attributes, -1),
            None => Ok(()),
        }
    }

    fn count_options(
        &mut self,
        key: RecordKey,
        attributes: &str,
        records: i64,
    ) -> Result<(), StoreError> {
        let object = key.object();
        self.selects_of(object)?;
        let known = self.known.get(&object).and_then(|known| known.selects.as_deref());
        let fields = known.unwrap_or_default();
        if !fields.is_empty() {
            for (field, option) in selects::options(fields, attributes) {
                self.changes.selects.add(object, field, option, records);
            }
        }
        Ok(())
    }

    fn selects_of(&mut self, object: ObjectKey) -> Result<&[String], StoreError> {
        Ok(match &mut self.known.entry(object).or_default().selects {
            Some(known) => known,
            unknown => unknown.insert(selects::fields(self.connection, object)?),
        })
    }

    /// Keeps totals of the options of these fields, and of no other field of the object. What the
    /// records have in a field that is new is counted now.
    pub(crate) fn keep_totals(
        &mut self,
        object: ObjectKey,
        selects: &[&str],
    ) -> Result<(), StoreError> {
        self.known.remove(&object);
        selects::keep(self.connection, &mut self.changes.selects, object, selects)
    }

    /// Makes an index of what the records of an object have in a column.
    pub(super) fn make_index(
        &mut self,
        object: ObjectKey,
        column: &Column,
    ) -> Result<(), StoreError> {
        indexes::make(self.connection, object, column)
    }

    /// Drops what is kept of an object beside its records: indexes and the totals of its selects.
    pub(super) fn forget_object(&mut self, object: ObjectKey) -> Result<(), StoreError> {
        self.keep_totals(object, &[])?;
        indexes::drop_all(self.connection, object)
    }

    /// Gives a unique key to a record.
    pub(crate) fn claim(
        &mut self,
        object: ObjectKey,
        unique_key: &str,
        record: RecordKey,
    ) -> Result<(), StoreError> {
        self.statements.claim(object, unique_key, record)
    }

    /// The same of a key that may have been given to another: false then, and nothing is done.
    pub(crate) fn claim_free(
        &mut self,
        object: ObjectKey,
        unique_key: &str,
        record: RecordKey,
    ) -> Result<bool, StoreError> {
        self.statements.claim_free(object, unique_key, record)
    }

    /// Takes a unique key from the record that has it.
    pub(crate) fn release(
        &mut self,
        object: ObjectKey,
        unique_key: &str,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM unique_keys WHERE object = ? AND key = ?";
        self.connection.prepare_cached(sql)?.execute(params![object.0, unique_key])?;
        Ok(())
    }

    /// The first of an object's records behind this key, in the order of their creation.
    pub(crate) fn records_after(
        &self,
        object: ObjectKey,
        key: Option<RecordKey>,
        limit: usize,
    ) -> Result<Vec<Record>, StoreError> {
        records::after(self.connection, object, key, limit)
    }

    /// Takes away all that is kept of a field beside the attributes of the records: its links, and of
    /// the unique field, whom its values belong to. It is called before the object's new schema is put.
    pub(crate) fn forget_field(
        &mut self,
        object: ObjectKey,
        field: &str,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM unique_keys WHERE object = ?1
            AND EXISTS (SELECT 1 FROM objects WHERE key = ?1 AND unique_field = ?2)";
        self.connection.execute(sql, params![object.0, field])?;
        let sql = "DELETE FROM links WHERE object = ? AND field = ?";
        self.connection.execute(sql, params![object.0, field])?;
        let sql = "DELETE FROM pairs WHERE object = ? AND field = ?";
        self.connection.execute(sql, params![object.0, field])?;
        Ok(())
    }

    /// That this is still the object's schema.
    pub(crate) fn check(&mut self, object: ObjectKey, version: Version) -> Result<(), StoreError> {
        let known = self.known.entry(object).or_default();
        if known.version != Some(version) {
            if !objects::is_current(self.connection, object, version)? {
                return Err(StoreError::Stale);
            }
            known.version = Some(version);
        }
        Ok(())
    }

    /// Every object of a workspace.
    pub(crate) fn objects(&self, workspace: &str) -> Result<Vec<StoredObject>, StoreError> {
        objects::all(self.connection, workspace)
    }

    /// Keeps an object's schema, as the next version; a new object gets its key.
    pub(crate) fn put_object(
        &mut self,
        workspace: &str,
        name: &str,
        unique_field: Option<&str>,
        schema: &str,
    ) -> Result<(ObjectKey, Version), StoreError> {
        let (key, version) = objects::put(self.connection, workspace, name, unique_field, schema)?;
        self.known.remove(&key);
        Ok((key, version))
    }

    /// Takes away an object with all that is kept of it. Its records are gone at once, whatever
    /// time it takes to clear their place.
    pub(crate) fn remove_object(&mut self, object: ObjectKey) -> Result<(), StoreError> {
        self.forget_object(object)?;
        self.known.remove(&object);
        objects::remove(self.connection, object)
    }
}
