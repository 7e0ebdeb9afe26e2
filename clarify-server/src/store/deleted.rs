//! Records that were deleted, as they were then.

use rusqlite::{Connection, params};

use super::links::Slice;
use super::{ObjectKey, Record, Share, StoreError, Transaction, records};

/// Some of the records that were deleted.
pub(crate) struct Deleted {
    /// Each with the moment of its deletion, in milliseconds since the epoch.
    pub(crate) records: Vec<(Record, i64)>,
    /// How many there are, beyond these too.
    pub(crate) total: u64,
}

/// Those that were deleted at this moment or later, the last one first.
pub(super) fn since(
    reader: &Connection,
    share: &Share,
    object: ObjectKey,
    moment: i64,
    slice: Slice,
) -> Result<Deleted, StoreError> {
    let sql = "SELECT count(*) FROM deleted WHERE object = ? AND deleted_at >= ?";
    let count = params![object.0, moment];
    let total: i64 = reader.prepare_cached(sql)?.query_row(count, |row| row.get(0))?;
    let sql = "SELECT record, id, created_at, updated_at, attributes, merged_ids, deleted_at
        FROM deleted WHERE object = ? AND deleted_at >= ?
        ORDER BY deleted_at DESC, record DESC LIMIT ? OFFSET ?";
    let mut statement = reader.prepare_cached(sql)?;
    let values = params![object.0, moment, slice.limit(), slice.offset()];
    let read = |row: &rusqlite::Row<'_>| Ok((records::read_row(row)?, row.get(6)?));
    let rows = statement.query_map(values, read)?;
    let within = |row: rusqlite::Result<(Record, i64)>| {
        let (record, deleted_at) = row?;
        Ok::<_, StoreError>((record.within(share)?, deleted_at))
    };
    let records = rows.map(within).collect::<Result<_, _>>()?;
    Ok(Deleted { records, total: u64::try_from(total).unwrap_or_default() })
}

impl Transaction<'_> {
    /// Keeps what a record was when it was deleted.
    pub(crate) fn keep_deleted(
        &mut self,
        object: ObjectKey,
        record: &Record,
        moment: i64,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO deleted
            (object, deleted_at, record, id, created_at, updated_at, attributes, merged_ids)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        let Record { key, id, created_at, updated_at, attributes, merged_ids } = record;
        let values =
            params![object.0, moment, key.0, id, created_at, updated_at, attributes, merged_ids];
        self.connection().prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Forgets what was deleted before this moment.
    pub(crate) fn forget_deleted(
        &mut self,
        object: ObjectKey,
        moment: i64,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM deleted WHERE object = ? AND deleted_at < ?";
        self.connection().prepare_cached(sql)?.execute(params![object.0, moment])?;
        Ok(())
    }
}
