//! How many records have each option of a select, kept with every write: a total by one select
//! looks at no record.

use std::collections::HashMap;

use rusqlite::{Connection, params, params_from_iter};
use serde_json::value::RawValue;

use super::condition::{Sql, of_object, push_test, value};
use super::{Column, Condition, ObjectKey, StoreError, blocks, functions};

/// What writes change in the totals of options.
#[derive(Debug, Default)]
pub(super) struct Changes {
    sums: HashMap<(ObjectKey, String, String), i64>,
    /// The fields that were counted anew: what was summed before is in their totals.
    recounted: Vec<(ObjectKey, String)>,
}

impl Changes {
    pub(super) fn add(&mut self, object: ObjectKey, field: &str, option: String, records: i64) {
        *self.sums.entry((object, field.to_owned(), option)).or_default() += records;
    }

    fn recount(&mut self, object: ObjectKey, field: String) {
        self.forget(object, &field);
        self.recounted.push((object, field));
    }

    fn forget(&mut self, object: ObjectKey, field: &str) {
        self.sums.retain(|(of, name, _), _| *of != object || *name != field);
    }

    pub(super) fn merge(&mut self, later: Self) {
        for (object, field) in later.recounted {
            self.forget(object, &field);
        }
        for (option, records) in later.sums {
            *self.sums.entry(option).or_default() += records;
        }
    }

    pub(super) fn write(self, writer: &Connection) -> Result<(), StoreError> {
        let add = "INSERT INTO select_totals (object, field, option, records) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET records = records + excluded.records";
        let clear = "DELETE FROM select_totals
            WHERE object = ? AND field = ? AND option = ? AND records = 0";
        for ((object, field, option), records) in self.sums {
            if records != 0 {
                let values = params![object.0, field, option, records];
                writer.prepare_cached(add)?.execute(values)?;
            }
            if records < 0 {
                writer.prepare_cached(clear)?.execute(params![object.0, field, option])?;
            }
        }
        Ok(())
    }
}

/// The fields of an object whose options are counted.
pub(super) fn fields(reader: &Connection, object: ObjectKey) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT field FROM select_fields WHERE object = ?";
    let mut statement = reader.prepare_cached(sql)?;
    let fields = statement.query_map([object.0], |row| row.get(0))?;
    Ok(fields.collect::<Result<_, _>>()?)
}

/// The options that a record has in these fields.
pub(super) fn options<'f>(
    fields: &'f [String],
    attributes: &str,
) -> impl Iterator<Item = (&'f str, String)> {
    let members: HashMap<&str, &RawValue> = serde_json::from_str(attributes).unwrap_or_default();
    fields.iter().filter_map(move |field| {
        let option = functions::text(members.get(&**field)?.get())?;
        Some((&**field, option.into_owned()))
    })
}

/// Counts the options of these fields from now on, and of no other.
pub(super) fn keep(
    writer: &Connection,
    changes: &mut Changes,
    object: ObjectKey,
    selects: &[&str],
) -> Result<(), StoreError> {
    let known = fields(writer, object)?;
    for gone in known.iter().filter(|field| !selects.contains(&&***field)) {
        forget(writer, changes, object, gone)?;
    }
    for new in selects.iter().filter(|field| !known.iter().any(|known| known == *field)) {
        forget(writer, changes, object, new)?;
        count(writer, object, new)?;
    }
    Ok(())
}

fn count(writer: &Connection, object: ObjectKey, field: &str) -> Result<(), StoreError> {
    let values = params![object.0, field];
    writer.execute("INSERT INTO select_fields (object, field) VALUES (?, ?)", values)?;
    let option = value(&Column::Text(field.to_owned()));
    let part = of_object(object);
    let sql = format!(
        "INSERT INTO select_totals (object, field, option, records)
        SELECT ?, ?, {option} AS option, count(*) FROM records
        WHERE {part} AND option IS NOT NULL GROUP BY option"
    );
    writer.execute(&sql, values)?;
    Ok(())
}

fn forget(
    writer: &Connection,
    changes: &mut Changes,
    object: ObjectKey,
    field: &str,
) -> Result<(), StoreError> {
    for table in ["select_fields", "select_totals"] {
        let sql = format!("DELETE FROM {table} WHERE object = ? AND field = ?");
        writer.execute(&sql, params![object.0, field])?;
    }
    changes.recount(object, field.to_owned());
    Ok(())
}

/// How many records meet the conditions, where these are a single one about a select.
pub(super) fn total(
    reader: &Connection,
    object: ObjectKey,
    conditions: &[Condition],
) -> Result<Option<u64>, StoreError> {
    let [condition] = conditions else { return Ok(None) };
    let Some(Column::Text(field)) = condition.own_column() else { return Ok(None) };
    if !fields(reader, object)?.contains(field) {
        return Ok(None);
    }
    let mut sql = Sql::default();
    sql.push("SELECT coalesce(sum(records), 0) FROM select_totals WHERE object = ? AND field = ?");
    sql.bind(object.0);
    sql.bind(field.clone());
    sql.push(" AND ");
    push_test(&mut sql, "option", &condition.test);
    let mut statement = reader.prepare_cached(&sql.text)?;
    let met: i64 = statement.query_row(params_from_iter(&sql.values), |row| row.get(0))?;
    let met = u64::try_from(met).unwrap_or_default();
    let total =
        if condition.negated { blocks::total(reader, object)?.saturating_sub(met) } else { met };
    Ok(Some(total))
}
