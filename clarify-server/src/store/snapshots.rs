//! Snapshots of a store, and the way back to them.
//!
//! While there is a snapshot, triggers note what undoes each change of a row, and a snapshot is a
//! place in these notes. So the way back costs what was changed since, however much is there. The
//! triggers and the notes are temporary: they belong to the connection, and no file has them.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::StoreError;
use super::at_once::at_once;

/// The snapshots of one connection, the only one that writes.
#[derive(Debug, Default)]
pub(super) struct Snapshots {
    /// What undoes a change, by the number that its note has.
    steps: Vec<String>,
    /// The last note before each snapshot.
    places: BTreeMap<String, i64>,
}

impl Snapshots {
    /// Takes a snapshot, in the place of one that had this name.
    pub(super) fn take(&mut self, writer: &Connection, name: &str) -> Result<(), StoreError> {
        if self.steps.is_empty() {
            self.steps = at_once(writer, || begin(writer))?;
        }
        self.places.insert(name.to_owned(), last_note(writer)?);
        Ok(())
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.places.keys().cloned().collect()
    }

    /// Brings every row back to what it was at the snapshot; false when there is none of this name.
    /// All snapshots stay, the later ones too.
    pub(super) fn restore(&self, writer: &Connection, name: &str) -> Result<bool, StoreError> {
        let Some(place) = self.places.get(name).copied() else { return Ok(false) };
        at_once(writer, || {
            self.undo(writer, place)?;
            if self.places.values().all(|other| *other <= place) {
                // Nobody goes forward from here: that it was undone need not be known.
                writer.execute("DELETE FROM clarify_undo WHERE note > ?", [place])?;
            }
            Ok(true)
        })
    }

    /// Undoes what was noted after this place, the last first. That is noted as well, behind.
    fn undo(&self, writer: &Connection, place: i64) -> Result<(), StoreError> {
        let sql = "SELECT * FROM clarify_undo WHERE note > ? AND note <= ? ORDER BY note DESC";
        let mut notes = writer.prepare_cached(sql)?;
        let mut notes = notes.query([place, last_note(writer)?])?;
        while let Some(note) = notes.next()? {
            let step = usize::try_from(note.get::<_, i64>(1)?).ok();
            let Some(step) = step.and_then(|step| self.steps.get(step)) else { continue };
            let mut step = writer.prepare_cached(step)?;
            let values = (0..step.parameter_count()).map(|number| note.get::<_, Value>(number + 2));
            let values = values.collect::<Result<Vec<_>, _>>()?;
            step.execute(params_from_iter(values))?;
        }
        Ok(())
    }
}

fn last_note(writer: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(note), 0) FROM clarify_undo";
    Ok(writer.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Makes the notes and the triggers of all tables that there are.
fn begin(writer: &Connection) -> Result<Vec<String>, StoreError> {
    // A row that is replaced is a row that is deleted, too.
    writer.pragma_update(None, "recursive_triggers", true)?;
    let tables = tables(writer)?;
    let widest = tables.iter().map(|table| table.columns.len() + table.keys.len()).max();
    let columns = numbered("c", widest.unwrap_or_default());
    writer.execute_batch(&format!(
        "CREATE TEMP TABLE clarify_undo (note INTEGER PRIMARY KEY, step INTEGER NOT NULL, {columns})"
    ))?;
    let mut steps = Vec::new();
    for table in tables {
        for (event, noted, undoing) in table.steps() {
            let (number, name) = (steps.len(), &table.name);
            let columns = numbered("c", noted.len());
            writer.execute_batch(&format!(
                "CREATE TEMP TRIGGER clarify_undo_{number} AFTER {event} ON main.{name} BEGIN
                    INSERT INTO clarify_undo (step, {columns}) VALUES ({number}, {});
                 END",
                noted.join(", ")
            ))?;
            steps.push(undoing);
        }
    }
    Ok(steps)
}

/// A table, its names in quotation marks.
struct Table {
    name: String,
    columns: Vec<String>,
    /// What tells its rows apart.
    keys: Vec<String>,
}

impl Table {
    /// What happens to a row, what is noted of it then, and what undoes it.
    fn steps(&self) -> [(&'static str, Vec<String>, String); 3] {
        let Self { name, columns, keys } = self;
        let of = |row: &str, columns: &[String]| -> Vec<String> {
            columns.iter().map(|column| format!("{row}.{column}")).collect()
        };
        let set = equal(columns, ", ", "=", 1);
        let found = |first| equal(keys, " AND ", "IS", first);
        let before_and_key = [of("OLD", columns), of("NEW", keys)].concat();
        let update = format!("UPDATE {name} SET {set} WHERE {}", found(columns.len() + 1));
        let places = numbered("?", columns.len());
        let insert = format!("INSERT INTO {name} ({}) VALUES ({places})", columns.join(", "));
        [
            ("INSERT", of("NEW", keys), format!("DELETE FROM {name} WHERE {}", found(1))),
            ("UPDATE", before_and_key, update),
            ("DELETE", of("OLD", columns), insert),
        ]
    }
}

/// `"a" = ?1, "b" = ?2`.
fn equal(columns: &[String], between: &str, operator: &str, first: usize) -> String {
    let numbers = first..;
    let each = columns.iter().zip(numbers).map(|(column, n)| format!("{column} {operator} ?{n}"));
    each.collect::<Vec<_>>().join(between)
}

/// `c1, c2, c3`.
fn numbered(stem: &str, count: usize) -> String {
    (1..=count).map(|number| format!("{stem}{number}")).collect::<Vec<_>>().join(", ")
}

/// All tables but SQLite's own, which keep no data, or count what must never be given out twice.
fn tables(reader: &Connection) -> Result<Vec<Table>, StoreError> {
    let sql = "SELECT name, wr FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'";
    let mut statement = reader.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let tables = rows.collect::<Result<Vec<(String, bool)>, _>>()?;
    tables.iter().map(|(name, has_no_rowid)| table(reader, name, *has_no_rowid)).collect()
}

fn table(reader: &Connection, name: &str, has_no_rowid: bool) -> Result<Table, StoreError> {
    let mut statement = reader.prepare("SELECT name, pk > 0 FROM pragma_table_info(?, 'main')")?;
    let rows = statement.query_map([name], |row| Ok((quoted(row.get(0)?), row.get(1)?)))?;
    let mut columns = rows.collect::<Result<Vec<(String, bool)>, _>>()?;
    if !has_no_rowid {
        columns.iter_mut().for_each(|(_, is_key)| *is_key = false);
        columns.insert(0, ("rowid".to_owned(), true));
    }
    let keys = columns.iter().filter(|(_, is_key)| *is_key).map(|(name, _)| name.clone()).collect();
    let columns = columns.into_iter().map(|(name, _)| name).collect();
    Ok(Table { name: quoted(name.to_owned()), columns, keys })
}

fn quoted(name: String) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables of every form, one of which replaces rows.
    fn connection() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        let sql = "CREATE TABLE keyed (key INTEGER PRIMARY KEY AUTOINCREMENT, \"a \"\"b\" TEXT);
             CREATE TABLE free (a, b UNIQUE, c);
             CREATE TABLE pairs (a TEXT, b INTEGER, c REAL, PRIMARY KEY (a, b)) WITHOUT ROWID;
             CREATE INDEX pairs_c ON pairs (c);
             INSERT INTO keyed VALUES (1, 'x'), (2, NULL);
             INSERT INTO free VALUES (1, 'one', x'00ff'), (NULL, NULL, NULL), (0.1, 'two', 1e300);
             INSERT INTO pairs VALUES ('a', 1, 0.5), ('a', 2, NULL);";
        connection.execute_batch(sql).unwrap();
        connection
    }

    /// Every row of every table, with its rowid where it has one.
    fn rows(connection: &Connection) -> Vec<String> {
        let mut rows = Vec::new();
        for table in tables(connection).unwrap() {
            let sql = format!("SELECT {} FROM {}", table.columns.join(", "), table.name);
            let mut statement = connection.prepare(&sql).unwrap();
            let mut found = statement.query([]).unwrap();
            while let Some(row) = found.next().unwrap() {
                let values = (0..table.columns.len()).map(|n| row.get::<_, Value>(n).unwrap());
                rows.push(format!("{} {:?}", table.name, values.collect::<Vec<_>>()));
            }
        }
        rows
    }

    const CHANGES: [&str; 6] = [
        "UPDATE keyed SET key = key + 10; INSERT INTO keyed (\"a \"\"b\") VALUES ('new')",
        "INSERT OR REPLACE INTO free VALUES (5, 'one', 'y'); DELETE FROM free WHERE b IS NULL",
        "UPDATE pairs SET a = 'b', c = c + 0.1 WHERE b = 1; DELETE FROM pairs WHERE b = 2",
        "INSERT INTO pairs VALUES ('b', 1, 7) ON CONFLICT (a, b) DO UPDATE SET c = excluded.c",
        "DELETE FROM keyed; DELETE FROM pairs",
        "SAVEPOINT s; DELETE FROM free; ROLLBACK TO s; RELEASE s; UPDATE free SET a = b",
    ];

    #[test]
    fn every_row_of_every_table_comes_back() {
        let connection = connection();
        let mut snapshots = Snapshots::default();
        let before = rows(&connection);
        snapshots.take(&connection, "start").unwrap();
        for changes in CHANGES {
            connection.execute_batch(changes).unwrap();
            assert_ne!(rows(&connection), before);
            assert!(snapshots.restore(&connection, "start").unwrap());
            assert_eq!(rows(&connection), before);
        }
        assert_eq!(last_note(&connection).unwrap(), 0, "nothing is kept of what was undone");
    }

    #[test]
    fn one_goes_back_and_forth() {
        let connection = connection();
        let mut snapshots = Snapshots::default();
        let mut states = Vec::new();
        for (number, changes) in CHANGES.iter().enumerate() {
            snapshots.take(&connection, &number.to_string()).unwrap();
            states.push(rows(&connection));
            connection.execute_batch(changes).unwrap();
        }
        for number in [3, 1, 5, 0, 0, 4, 2, 5] {
            assert!(snapshots.restore(&connection, &number.to_string()).unwrap());
            assert_eq!(rows(&connection), states[number]);
        }
        assert!(!snapshots.restore(&connection, "6").unwrap());
    }

    #[test]
    fn a_file_has_nothing_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        let connection = super::super::layout::open_file(&path).unwrap();
        let schema = |connection: &Connection| -> i64 {
            let sql = "SELECT count(*) FROM sqlite_schema";
            connection.query_row(sql, [], |row| row.get(0)).unwrap()
        };
        let before = schema(&connection);
        Snapshots::default().take(&connection, "a").unwrap();
        connection.execute("DELETE FROM meta", []).unwrap();
        assert_eq!(schema(&Connection::open(&path).unwrap()), before);
    }
}
