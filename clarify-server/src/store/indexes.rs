//! Indexes of what an object's records have in a field. SQLite keeps them; a list that they help
//! asks for them, so that who never filters or sorts pays for none.

use std::collections::HashSet;

use rusqlite::Connection;

use super::condition::{of_object, value};
use super::{Column, ObjectKey, StoreError};

/// How many records an object has, at least, for an index to be made: fewer are looked through in
/// some milliseconds.
pub(super) const WORTHWHILE: u64 = 10_000;

/// How many indexes an object has at most, as each is one more thing that a write changes.
const MOST: usize = 8;

/// The indexes of an object's values that are there.
#[derive(Debug)]
pub(super) struct Indexes {
    object: ObjectKey,
    names: HashSet<String>,
    /// Whether there may be more of them.
    has_room: bool,
}

/// The index of objects and ids, which is always there.
pub(super) const OF_IDS: &str = "records_by_id";

impl Indexes {
    /// No index but that of ids, and no need of more.
    pub(super) fn none(object: ObjectKey) -> Self {
        Self { object, names: HashSet::new(), has_room: false }
    }

    pub(super) fn of(reader: &Connection, object: ObjectKey) -> Result<Self, StoreError> {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB ?";
        let mut statement = reader.prepare_cached(sql)?;
        let names = statement.query_map([prefix(object) + "*"], |row| row.get(0))?;
        let names: HashSet<_> = names.collect::<Result<_, _>>()?;
        Ok(Self { object, has_room: names.len() < MOST, names })
    }

    /// The name of the index of this column's values.
    pub(super) fn on(&self, column: &Column) -> Option<&str> {
        if *column == Column::Id {
            return Some(OF_IDS);
        }
        self.names.get(&name(self.object, column)?).map(String::as_str)
    }

    /// Whether the column's values have no index and can be given one.
    pub(super) fn lack(&self, column: &Column) -> bool {
        let name = name(self.object, column);
        self.has_room && name.is_some_and(|name| !self.names.contains(&name))
    }
}

/// Makes an index, unless it is there or the object has as many as it may have.
pub(super) fn make(
    writer: &Connection,
    object: ObjectKey,
    column: &Column,
) -> Result<(), StoreError> {
    if !Indexes::of(writer, object)?.lack(column) {
        return Ok(());
    }
    let Some(name) = name(object, column) else { return Ok(()) };
    let (value, part) = (value(column), of_object(object));
    let began = std::time::Instant::now();
    writer.execute_batch(&format!("CREATE INDEX \"{name}\" ON records({value}) WHERE {part}"))?;
    tracing::info!(target: "clarify_server", index = name, time = ?began.elapsed(), "index made");
    Ok(())
}

pub(super) fn drop_all(writer: &Connection, object: ObjectKey) -> Result<(), StoreError> {
    for name in Indexes::of(writer, object)?.names {
        writer.execute_batch(&format!("DROP INDEX \"{name}\""))?;
    }
    Ok(())
}

fn prefix(object: ObjectKey) -> String {
    format!("values_{}_", object.0)
}

/// None where values are not indexed here: those of a collection are many, ids have their index.
fn name(object: ObjectKey, column: &Column) -> Option<String> {
    let (kind, field) = match column {
        // A day is the text that it is written as.
        Column::Text(field) | Column::Date(field) => ("text", distinct(field)),
        Column::Number(field) => ("number", distinct(field)),
        Column::DateTime(field) => ("moment", distinct(field)),
        Column::Checkbox(field) => ("flag", distinct(field)),
        Column::CreatedAt(step) => ("created_at", step.to_string()),
        Column::UpdatedAt(step) => ("updated_at", step.to_string()),
        Column::Items(_) | Column::Json(_) | Column::Id => return None,
    };
    Some(format!("{}{kind}_{field}", prefix(object)))
}

/// To SQLite `Stage` and `stage` are one name, to an object they are two fields.
fn distinct(field: &str) -> String {
    let mark = |letter: char| letter.is_ascii_uppercase().then_some('^');
    field.chars().flat_map(|letter| mark(letter).into_iter().chain([letter])).collect()
}
