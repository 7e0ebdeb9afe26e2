//! The objects of a workspace.

use rusqlite::{Connection, params};

use super::{ObjectKey, StoreError};

/// An object as it is kept.
pub(crate) struct StoredObject {
    pub(crate) key: ObjectKey,
    pub(crate) name: String,
    /// Its schema, as a JSON document.
    pub(crate) schema: String,
}

pub(super) fn all(reader: &Connection, workspace: &str) -> Result<Vec<StoredObject>, StoreError> {
    let sql = "SELECT key, name, schema FROM objects WHERE workspace = ? ORDER BY key";
    let mut statement = reader.prepare(sql)?;
    let rows = statement.query_map([workspace], |row| {
        Ok(StoredObject { key: ObjectKey(row.get(0)?), name: row.get(1)?, schema: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn put(
    writer: &Connection,
    workspace: &str,
    name: &str,
    unique_field: Option<&str>,
    schema: &str,
) -> Result<ObjectKey, StoreError> {
    let sql = "INSERT INTO objects (workspace, name, unique_field, schema) VALUES (?, ?, ?, ?)
        ON CONFLICT (workspace, name)
        DO UPDATE SET unique_field = excluded.unique_field, schema = excluded.schema
        RETURNING key";
    let values = params![workspace, name, unique_field, schema];
    let key = writer.query_row(sql, values, |row| row.get(0))?;
    Ok(ObjectKey(key))
}
