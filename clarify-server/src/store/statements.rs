//! The statements that are run for each record that is written. Each is looked up by its text once,
//! and not for every record.

use rusqlite::{CachedStatement, Connection, OptionalExtension as _, params};

use super::records::read_row;
use super::{ObjectKey, Record, RecordKey, StoreError};

pub(super) struct Statements<'c> {
    connection: &'c Connection,
    holder: Kept<'c>,
    insert: Kept<'c>,
    update: Kept<'c>,
    touch: Kept<'c>,
    claim: Kept<'c>,
}

/// A statement, once it was used.
type Kept<'c> = Option<CachedStatement<'c>>;

const HOLDER: &str =
    "SELECT records.key, id, created_at, updated_at, attributes, merged_ids FROM unique_keys
    JOIN records ON records.key = record
    WHERE unique_keys.object = ? AND unique_keys.key = ? AND record IS NOT ?";

const INSERT: &str = "INSERT INTO records
    (key, object, id, created_at, updated_at, attributes, merged_ids) VALUES (?, ?, ?, ?, ?, ?, ?)";

const UPDATE: &str =
    "UPDATE records SET updated_at = ?, attributes = ?, merged_ids = ? WHERE key = ?";

const TOUCH: &str = "UPDATE records SET updated_at = ? WHERE key = ?";

const CLAIM: &str = "INSERT INTO unique_keys (object, key, record) VALUES (?, ?, ?)";

impl<'c> Statements<'c> {
    pub(super) const fn of(connection: &'c Connection) -> Self {
        let (holder, insert, update, touch, claim) = (None, None, None, None, None);
        Self { connection, holder, insert, update, touch, claim }
    }

    /// The record that has this unique key, unless it is the one that is known already: that one is
    /// not read again for each of its keys.
    pub(super) fn holder(
        &mut self,
        object: ObjectKey,
        unique_key: &str,
        known: Option<RecordKey>,
    ) -> Result<Option<Record>, StoreError> {
        let holder = ready(self.connection, &mut self.holder, HOLDER)?;
        let values = params![object.0, unique_key, known.map(|key| key.0)];
        Ok(holder.query_row(values, read_row).optional()?)
    }

    pub(super) fn insert(&mut self, object: ObjectKey, record: &Record) -> Result<(), StoreError> {
        let Record { key, id, created_at, updated_at, attributes, merged_ids } = record;
        let values = params![key.0, object.0, id, created_at, updated_at, attributes, merged_ids];
        ready(self.connection, &mut self.insert, INSERT)?.execute(values)?;
        Ok(())
    }

    pub(super) fn update(&mut self, record: &Record) -> Result<(), StoreError> {
        let Record { key, updated_at, attributes, merged_ids, .. } = record;
        let values = params![updated_at, attributes, merged_ids, key.0];
        ready(self.connection, &mut self.update, UPDATE)?.execute(values)?;
        Ok(())
    }

    pub(super) fn touch(&mut self, record: &Record) -> Result<(), StoreError> {
        let values = [record.updated_at, record.key.0];
        ready(self.connection, &mut self.touch, TOUCH)?.execute(values)?;
        Ok(())
    }

    pub(super) fn claim(
        &mut self,
        object: ObjectKey,
        unique_key: &str,
        record: RecordKey,
    ) -> Result<(), StoreError> {
        let values = params![object.0, unique_key, record.0];
        ready(self.connection, &mut self.claim, CLAIM)?.execute(values)?;
        Ok(())
    }
}

fn ready<'s, 'c>(
    connection: &'c Connection,
    kept: &'s mut Kept<'c>,
    sql: &str,
) -> rusqlite::Result<&'s mut CachedStatement<'c>> {
    match kept {
        Some(statement) => Ok(statement),
        none => Ok(none.insert(connection.prepare_cached(sql)?)),
    }
}
