//! One record at a time.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{ObjectKey, RecordKey, Share, StoreError};

/// A record as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) key: RecordKey,
    pub(crate) id: String,
    /// In milliseconds since the epoch.
    pub(crate) created_at: i64,
    /// In milliseconds since the epoch.
    pub(crate) updated_at: i64,
    /// A JSON object; a field without a value is absent.
    pub(crate) attributes: String,
    /// A JSON list of the records that were merged into it; nothing where none was.
    pub(crate) merged_ids: Option<String>,
}

/// A record where SQLite has it: what only shows it copies nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordRef<'r> {
    pub(crate) key: RecordKey,
    pub(crate) id: &'r str,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) attributes: &'r str,
    pub(crate) merged_ids: Option<&'r str>,
}

impl RecordRef<'_> {
    pub(crate) fn to_record(self) -> Record {
        let Self { key, id, created_at, updated_at, attributes, merged_ids } = self;
        Record {
            key,
            id: id.to_owned(),
            created_at,
            updated_at,
            attributes: attributes.to_owned(),
            merged_ids: merged_ids.map(str::to_owned),
        }
    }

    /// Takes the room that it needs as it is kept.
    pub(super) fn take(self, share: &Share) -> Result<(), StoreError> {
        share.take(self.attributes.len() + self.merged_ids.map_or(0, str::len))
    }
}

impl Record {
    pub(crate) fn borrowed(&self) -> RecordRef<'_> {
        RecordRef {
            key: self.key,
            id: &self.id,
            created_at: self.created_at,
            updated_at: self.updated_at,
            attributes: &self.attributes,
            merged_ids: self.merged_ids.as_deref(),
        }
    }

    /// How long its texts are together.
    pub(crate) fn length(&self) -> usize {
        self.id.len() + self.attributes.len() + self.merged_ids.as_ref().map_or(0, String::len)
    }

    /// The ids of the records that were merged into it.
    pub(crate) fn merged(&self) -> Vec<String> {
        let ids = self.merged_ids.as_deref().unwrap_or("[]");
        serde_json::from_str(ids).unwrap_or_default()
    }

    /// Takes the room that it needs as it is kept.
    pub(super) fn take(&self, share: &Share) -> Result<(), StoreError> {
        self.borrowed().take(share)
    }

    /// The record, if there is room for it.
    pub(super) fn within(self, share: &Share) -> Result<Self, StoreError> {
        self.take(share)?;
        Ok(self)
    }
}

pub(super) fn read_row(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(look_at(row)?.to_record())
}

pub(super) fn look_at<'r>(row: &'r Row<'_>) -> rusqlite::Result<RecordRef<'r>> {
    Ok(RecordRef {
        key: RecordKey(row.get(0)?),
        id: row.get_ref(1)?.as_str()?,
        created_at: row.get(2)?,
        updated_at: row.get(3)?,
        attributes: row.get_ref(4)?.as_str()?,
        merged_ids: row.get_ref(5)?.as_str_or_null()?,
    })
}

pub(super) fn find(
    reader: &Connection,
    object: ObjectKey,
    id: &str,
) -> Result<Option<Record>, StoreError> {
    find_as(reader, object, id, |record| record.to_record())
}

/// What `show` makes of the record of this id.
pub(super) fn find_as<T>(
    reader: &Connection,
    object: ObjectKey,
    id: &str,
    show: impl FnOnce(RecordRef<'_>) -> T,
) -> Result<Option<T>, StoreError> {
    let sql = "SELECT key, id, created_at, updated_at, attributes, merged_ids FROM records
        WHERE object = ? AND id = ?";
    let mut statement = reader.prepare_cached(sql)?;
    Ok(statement.query_row(params![object.0, id], |row| Ok(show(look_at(row)?))).optional()?)
}

pub(super) fn get(reader: &Connection, key: RecordKey) -> Result<Option<Record>, StoreError> {
    get_as(reader, key, |record| Ok(record.to_record()))
}

/// What `show` makes of the record of this key.
pub(super) fn get_as<T>(
    reader: &Connection,
    key: RecordKey,
    show: impl FnOnce(RecordRef<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let sql =
        "SELECT key, id, created_at, updated_at, attributes, merged_ids FROM records WHERE key = ?";
    let mut statement = reader.prepare_cached(sql)?;
    statement.query_row([key.0], |row| Ok(show(look_at(row)?))).optional()?.transpose()
}

/// The first of an object's records behind this key, in the order of their creation.
pub(super) fn after(
    reader: &Connection,
    object: ObjectKey,
    key: Option<RecordKey>,
    limit: usize,
) -> Result<Vec<Record>, StoreError> {
    let sql = "SELECT key, id, created_at, updated_at, attributes, merged_ids FROM records
        WHERE key > ? AND key <= ? ORDER BY key LIMIT ?";
    let mut statement = reader.prepare_cached(sql)?;
    let keys = object.records();
    let (first, limit) = (key.map_or(*keys.start(), |key| key.0), i64::try_from(limit));
    let rows = statement.query_map([first, *keys.end(), limit.unwrap_or(i64::MAX)], read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn delete(writer: &Connection, key: RecordKey) -> Result<(), StoreError> {
    writer.prepare_cached("DELETE FROM records WHERE key = ?")?.execute([key.0])?;
    Ok(())
}

/// The last key that is taken among the keys an object's records can have.
pub(super) fn last_key(writer: &Connection, object: ObjectKey) -> Result<Option<i64>, StoreError> {
    let keys = object.records();
    let sql = "SELECT max(key) FROM records WHERE key BETWEEN ? AND ?";
    let mut statement = writer.prepare_cached(sql)?;
    Ok(statement.query_row([keys.start(), keys.end()], |row| row.get(0))?)
}
