//! The objects of a workspace.

use rusqlite::{Connection, params};

use super::{ObjectKey, StoreError};

/// An object as it is kept.
pub(crate) struct StoredObject {
    pub(crate) key: ObjectKey,
    pub(crate) version: Version,
    pub(crate) name: String,
    /// Its schema, as a JSON document.
    pub(crate) schema: String,
}

/// Which of an object's schemas it is: each change makes the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Version(i64);

pub(super) fn all(reader: &Connection, workspace: &str) -> Result<Vec<StoredObject>, StoreError> {
    let sql = "SELECT key, version, name, schema FROM objects WHERE workspace = ? ORDER BY key";
    let mut statement = reader.prepare_cached(sql)?;
    let rows = statement.query_map([workspace], |row| {
        Ok(StoredObject {
            key: ObjectKey(row.get(0)?),
            version: Version(row.get(1)?),
            name: row.get(2)?,
            schema: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The workspaces that have objects.
pub(super) fn workspaces(reader: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement =
        reader.prepare("SELECT DISTINCT workspace FROM objects ORDER BY workspace")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn put(
    writer: &Connection,
    workspace: &str,
    name: &str,
    unique_field: Option<&str>,
    schema: &str,
) -> Result<(ObjectKey, Version), StoreError> {
    let sql = "INSERT INTO objects (workspace, name, version, unique_field, schema)
        VALUES (?, ?, 1, ?, ?)
        ON CONFLICT (workspace, name) DO UPDATE SET
            version = version + 1,
            unique_field = excluded.unique_field,
            schema = excluded.schema
        RETURNING key, version";
    let values = params![workspace, name, unique_field, schema];
    let read = |row: &rusqlite::Row<'_>| Ok((ObjectKey(row.get(0)?), Version(row.get(1)?)));
    Ok(writer.query_row(sql, values, read)?)
}

pub(super) fn is_current(
    reader: &Connection,
    object: ObjectKey,
    version: Version,
) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM objects WHERE key = ? AND version = ?)";
    let mut statement = reader.prepare_cached(sql)?;
    Ok(statement.query_row([object.0, version.0], |row| row.get(0))?)
}

/// Takes the object away at once. What is kept of it is left to [`sweep`](super::sweep): nothing
/// finds it any more, as its key is not given out again.
pub(super) fn remove(writer: &Connection, object: ObjectKey) -> Result<(), StoreError> {
    writer.execute("DELETE FROM objects WHERE key = ?", [object.0])?;
    writer.execute("INSERT INTO deleted_objects (key) VALUES (?)", [object.0])?;
    Ok(())
}
