//! The layout of the database, and how a connection to it is made.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Progress;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _};
use tempfile::TempDir;

use super::{StoreError, functions};
use crate::Synchronous;

/// The version of the layout below. A file of another version is refused.
const VERSION: &str = "2";

/// `blocks_coarse` and `blocks_fine` hold how many records live in each block of 2^14 and 2^8 keys.
/// `unique_keys` holds what an object's records are matched on, `links` to-one links by what they name,
/// `pairs` each many-to-many link from both of its sides, `deleted` what records were when they were
/// deleted, `deleted_objects` the objects of which something is left. No key of an object is given out
/// twice. `select_totals` holds how many records have each option of the fields in `select_fields`,
/// `object_writes` how many commits have changed records of an object.
const LAYOUT: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE objects (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    unique_field TEXT,
    schema TEXT NOT NULL,
    UNIQUE (workspace, name)
);
CREATE TABLE deleted_objects (key INTEGER PRIMARY KEY);
CREATE TABLE records (
    key INTEGER PRIMARY KEY,
    object INTEGER NOT NULL,
    id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    merged_ids TEXT
);
CREATE UNIQUE INDEX records_by_id ON records (object, id);
CREATE TABLE unique_keys (
    object INTEGER NOT NULL,
    key TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (object, key)
) WITHOUT ROWID;
CREATE TABLE links (
    object INTEGER NOT NULL,
    field TEXT NOT NULL,
    target TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (object, field, target, record)
) WITHOUT ROWID;
CREATE TABLE pairs (
    object INTEGER NOT NULL,
    field TEXT NOT NULL,
    record INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY (object, field, record, other)
) WITHOUT ROWID;
CREATE TABLE deleted (
    object INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL,
    record INTEGER NOT NULL,
    id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    merged_ids TEXT,
    PRIMARY KEY (object, deleted_at, record, id)
) WITHOUT ROWID;
CREATE TABLE select_fields (
    object INTEGER NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (object, field)
) WITHOUT ROWID;
CREATE TABLE select_totals (
    object INTEGER NOT NULL,
    field TEXT NOT NULL,
    option TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (object, field, option)
) WITHOUT ROWID;
CREATE TABLE object_writes (object INTEGER PRIMARY KEY, commits INTEGER NOT NULL);
CREATE TABLE blocks_coarse (block INTEGER PRIMARY KEY, live INTEGER NOT NULL);
CREATE TABLE blocks_fine (block INTEGER PRIMARY KEY, live INTEGER NOT NULL);
";

/// How many pages the write-ahead log grows to before it is folded into the file: larger than
/// SQLite's own 1000, as the fold is done by the thread that writes.
const CHECKPOINT_PAGES: u32 = 4000;

const STATEMENTS: usize = 64;

pub(super) fn open_memory() -> Result<Connection, StoreError> {
    let connection = Connection::open_in_memory()?;
    prepare(&connection)?;
    create(&connection)?;
    Ok(connection)
}

pub(super) fn open_file(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path).map_err(|error| at(path, &error))?;
    open_layout(&connection).map_err(|error| at(path, &error))?;
    Ok(connection)
}

/// Says what a commit waits for, from now on.
pub(super) fn wait_for(
    connection: &Connection,
    synchronous: Synchronous,
) -> Result<(), StoreError> {
    Ok(connection.pragma_update(None, "synchronous", synchronous.name())?)
}

fn open_layout(connection: &Connection) -> Result<(), StoreError> {
    prepare(connection)?;
    check_ours(connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // An answer is sent only after the commit has reached the disk, unless it is said otherwise.
    wait_for(connection, Synchronous::Full)?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    match version(connection)? {
        None => create(connection),
        Some(version) if version == VERSION => Ok(()),
        Some(version) => Err(StoreError::Layout(format!(
            "its layout is version {version}, this program reads version {VERSION}"
        ))),
    }
}

/// Opens a file that is there, and leaves it as it is: what is written belongs to one transaction,
/// which is held open as long as the connection and never committed. Two can't hold one file, so
/// whoever finds it held works with a copy.
pub(super) fn open_unchanged(path: &Path) -> Result<(Connection, Option<TempDir>), StoreError> {
    if !path.is_file() {
        return Err(at(path, &"there is no such file"));
    }
    let mut connection = open_file(path)?;
    if hold(&mut connection).map_err(|error| at(path, &error))? {
        return Ok((connection, None));
    }
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let folder = tempfile::Builder::new().prefix(".clarify-copy-").tempdir_in(folder);
    let folder = folder.map_err(|error| at(path, &error))?;
    let copy = folder.path().join("records.db");
    connection.backup("main", &copy, None::<fn(Progress)>).map_err(|error| at(path, &error))?;
    Ok((open_file(&copy)?, Some(folder)))
}

/// Whether the file could be had; if not, another has it.
fn hold(connection: &mut Connection) -> Result<bool, rusqlite::Error> {
    // Whatever goes wrong, nothing reaches the file.
    connection.commit_hook(Some(|| true))?;
    connection.busy_timeout(Duration::ZERO)?;
    match connection.execute_batch("BEGIN IMMEDIATE") {
        Ok(()) => Ok(true),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(false),
        Err(error) => Err(error),
    }
}

fn at(path: &Path, error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Layout(format!("{}: {error}", path.display()))
}

/// A connection that reads, and keeps so many KiB of the file in memory.
pub(super) fn open_reader(path: &Path, cache: i32) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // To SQLite, a number above zero would be one of pages.
    connection.pragma_update(None, "cache_size", -cache)?;
    prepare(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Else SQLite plans a statement anew for each value that its `LIMIT` is given.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    functions::register(connection)?;
    Ok(())
}

/// A database that holds something but has no `meta` belongs to another program.
fn check_ours(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT count(*), coalesce(sum(name = 'meta'), 0) FROM sqlite_schema";
    let (all, ours): (i64, i64) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if all > 0 && ours == 0 {
        return Err(StoreError::Layout("it is not a records file of this program".to_owned()));
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<Option<String>, StoreError> {
    if !connection.table_exists(None, "meta")? {
        return Ok(None);
    }
    let sql = "SELECT value FROM meta WHERE name = 'layout'";
    let found: Option<String> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    Ok(Some(found.unwrap_or_else(|| "unknown".to_owned())))
}

fn create(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE;{LAYOUT}INSERT INTO meta VALUES ('layout', '{VERSION}');COMMIT;"
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_another_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        let error = open_file(&path).unwrap_err().to_string();
        assert!(error.ends_with("it is not a records file of this program"), "{error}");
    }

    #[test]
    fn a_file_of_a_later_layout_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("later.db");
        open_file(&path).unwrap().execute("UPDATE meta SET value = '7'", []).unwrap();
        let error = open_file(&path).unwrap_err().to_string();
        assert!(error.contains("version 7") && error.contains("later.db"), "{error}");
    }

    #[test]
    fn a_commit_waits_for_the_disk_unless_it_is_said_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let connection = open_file(&folder.path().join("records.db")).unwrap();
        let level = || connection.pragma_query_value(None, "synchronous", |row| row.get(0));
        assert_eq!(level(), Ok(2));
        wait_for(&connection, Synchronous::Normal).unwrap();
        assert_eq!(level(), Ok(1));
    }

    #[test]
    fn what_is_no_database_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text.db");
        std::fs::write(&path, "something else entirely, and longer than a header").unwrap();
        assert!(open_file(&path).unwrap_err().to_string().contains("text.db"));
    }
}
