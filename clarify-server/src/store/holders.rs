//! Records by what they are matched on.

use std::fmt::Write as _;
use std::sync::LazyLock;

use rusqlite::{CachedStatement, Connection, OptionalExtension as _, ToSql, params};

use super::records::{look_at, read_row};
use super::{ObjectKey, Record, RecordKey, RecordRef, StoreError};

const HOLDER: &str =
    "SELECT records.key, id, created_at, updated_at, attributes, merged_ids FROM unique_keys
    JOIN records ON records.key = record
    WHERE unique_keys.object = ? AND unique_keys.key = ? AND record IS NOT ?";

/// Finds the records that have a unique key.
pub(crate) struct Holders<'c>(CachedStatement<'c>);

impl<'c> Holders<'c> {
    pub(super) fn of(connection: &'c Connection) -> rusqlite::Result<Self> {
        connection.prepare_cached(HOLDER).map(Self)
    }

    /// The record that has this unique key, unless it is the one that is known already: that one is
    /// not read again for each of its keys.
    pub(crate) fn find(
        &mut self,
        object: ObjectKey,
        unique_key: &str,
        known: Option<RecordKey>,
    ) -> Result<Option<Record>, StoreError> {
        let values = params![object.0, unique_key, known.map(|key| key.0)];
        Ok(self.0.query_row(values, read_row).optional()?)
    }

    /// The records that have one of these unique keys, each once.
    pub(crate) fn all(
        &mut self,
        object: ObjectKey,
        unique_keys: &[String],
    ) -> Result<Vec<Record>, StoreError> {
        let mut all: Vec<Record> = Vec::new();
        for unique_key in unique_keys {
            let found = self.find(object, unique_key, all.last().map(|record| record.key))?;
            all.extend(found.filter(|record| all.iter().all(|other| other.key != record.key)));
        }
        Ok(all)
    }
}

/// How many unique keys are looked up by one statement: as many as the API takes in a batch.
const TOGETHER: usize = 25;

/// Those of many unique keys. It takes less time than as many statements: each would begin at the root.
static MANY: LazyLock<String> = LazyLock::new(|| {
    let mut wanted = String::new();
    for number in 0..TOGETHER {
        let _ = write!(wanted, "{}({number}, ?)", if number == 0 { "" } else { ", " });
    }
    format!(
        "WITH wanted (number, key) AS (VALUES {wanted})
        SELECT records.key, id, created_at, updated_at, attributes, merged_ids, number FROM wanted
        CROSS JOIN unique_keys ON unique_keys.object = ? AND unique_keys.key = wanted.key
        CROSS JOIN records ON records.key = record"
    )
});

/// Shows the record that has a unique key, for each of these that a record has.
pub(super) fn show_each(
    reader: &Connection,
    object: ObjectKey,
    unique_keys: &[&str],
    mut show: impl FnMut(usize, RecordRef<'_>),
) -> Result<(), StoreError> {
    let mut many = reader.prepare_cached(&MANY)?;
    for (first, keys) in (0..).step_by(TOGETHER).zip(unique_keys.chunks(TOGETHER)) {
        let mut values: [&dyn ToSql; TOGETHER + 1] = [&rusqlite::types::Null; TOGETHER + 1];
        values.iter_mut().zip(keys).for_each(|(value, key)| *value = key);
        values[TOGETHER] = &object.0;
        let mut rows = many.query(values.as_slice())?;
        while let Some(row) = rows.next()? {
            let number = usize::from(row.get::<_, u16>(6)?);
            show(first + number, look_at(row)?);
        }
    }
    Ok(())
}
