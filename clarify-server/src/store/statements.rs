//! The statements that are run for each record that is written. Each is looked up by its text once,
//! and not for every record.

use rusqlite::{CachedStatement, Connection, params};

use super::{Holders, ObjectKey, Record, RecordKey, StoreError};

pub(super) struct Statements<'c> {
    connection: &'c Connection,
    holders: Option<Holders<'c>>,
    insert: Kept<'c>,
    update: Kept<'c>,
    touch: Kept<'c>,
    claim: Kept<'c>,
    claim_free: Kept<'c>,
}

/// A statement, once it was used.
type Kept<'c> = Option<CachedStatement<'c>>;

const INSERT: &str = "INSERT INTO records
    (key, object, id, created_at, updated_at, attributes, merged_ids) VALUES (?, ?, ?, ?, ?, ?, ?)";

const UPDATE: &str =
    "UPDATE records SET updated_at = ?, attributes = ?, merged_ids = ? WHERE key = ?";

const TOUCH: &str = "UPDATE records SET updated_at = ? WHERE key = ?";

const CLAIM: &str = "INSERT INTO unique_keys (object, key, record) VALUES (?, ?, ?)";

const CLAIM_FREE: &str = "INSERT INTO unique_keys (object, key, record) VALUES (?, ?, ?)
    ON CONFLICT DO NOTHING";

impl<'c> Statements<'c> {
    pub(super) const fn of(connection: &'c Connection) -> Self {
        let (holders, insert, update, touch) = (None, None, None, None);
        let (claim, claim_free) = (None, None);
        Self { connection, holders, insert, update, touch, claim, claim_free }
    }

    /// What finds the records that have a unique key.
    pub(super) fn holders(&mut self) -> Result<&mut Holders<'c>, StoreError> {
        match &mut self.holders {
            Some(holders) => Ok(holders),
            none => Ok(none.insert(Holders::of(self.connection)?)),
        }
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

    pub(super) fn claim_free(
        &mut self,
        object: ObjectKey,
        unique_key: &str,
        record: RecordKey,
    ) -> Result<bool, StoreError> {
        let values = params![object.0, unique_key, record.0];
        Ok(ready(self.connection, &mut self.claim_free, CLAIM_FREE)?.execute(values)? == 1)
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
