//! Conditions and sorts as SQL.

use rusqlite::types::Value;

use super::columns::Order;
use super::{Column, Condition, Hop, ObjectKey, Sort, Test};

/// A piece of SQL and the values of its parameters, in their order.
#[derive(Debug, Default)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Sql {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn bind(&mut self, value: impl Into<Value>) {
        self.values.push(value.into());
    }
}

/// `WHERE ...`: the records of an object that meet every condition.
pub(super) fn filter(object: ObjectKey, conditions: &[Condition]) -> Sql {
    let mut sql = Sql::default();
    sql.push(" WHERE key BETWEEN ? AND ?");
    sql.bind(*object.records().start());
    sql.bind(*object.records().end());
    for condition in conditions {
        sql.push(" AND (");
        push_at(&mut sql, object, &condition.path, condition);
        // No value makes a test neither true nor false. `IS TRUE` would say the same as nothing, but
        // keep SQLite from using an index.
        sql.push(if condition.negated { ") IS NOT TRUE" } else { ")" });
    }
    sql
}

/// The test, of the record at the end of the path.
fn push_at(sql: &mut Sql, object: ObjectKey, path: &[Hop], condition: &Condition) {
    let [hop, rest @ ..] = path else { return push_test(sql, object, condition) };
    sql.push(
        "key IN (SELECT record FROM links WHERE object = ? AND field = ? AND target IN
         (SELECT id FROM records WHERE key BETWEEN ? AND ? AND (",
    );
    sql.bind(hop.links.object.0);
    sql.bind(hop.links.field.clone());
    sql.bind(*hop.target.records().start());
    sql.bind(*hop.target.records().end());
    push_at(sql, hop.target, rest, condition);
    sql.push(")))");
}

fn push_test(sql: &mut Sql, object: ObjectKey, condition: &Condition) {
    let column = &condition.column;
    match &condition.test {
        Test::Present => push_present(sql, column),
        Test::OneOf(texts) => push_one_of(sql, column, texts),
        Test::Number(order, number) => push_compare(sql, column, *order, *number),
        Test::Text(order, text) => push_compare(sql, column, *order, text.clone()),
        Test::Contains(text) => push_call(sql, "clarify_contains", column, text),
        Test::StartsWith(text) => push_call(sql, "clarify_starts_with", column, text),
        Test::EndsWith(text) => push_call(sql, "clarify_ends_with", column, text),
        Test::HasItem(item) => push_call(sql, "clarify_has_item", column, item),
        Test::HasUniqueKey(key) => {
            sql.push("key IN (SELECT record FROM unique_keys WHERE object = ? AND key = ?)");
            sql.bind(object.0);
            sql.bind(key.clone());
        }
        Test::LinksTo(links, id) => {
            sql.push(
                "key IN (SELECT record FROM links WHERE object = ? AND field = ? AND target = ?)",
            );
            sql.bind(links.object.0);
            sql.bind(links.field.clone());
            sql.bind(id.clone());
        }
        Test::PairedWith(links, record) => {
            sql.push(
                "key IN (SELECT other FROM pairs WHERE object = ? AND field = ? AND record = ?)",
            );
            sql.bind(links.object.0);
            sql.bind(links.field.clone());
            sql.bind(record.0);
        }
    }
}

fn push_present(sql: &mut Sql, column: &Column) {
    push_value(sql, column);
    sql.push(" IS NOT NULL");
}

fn push_one_of(sql: &mut Sql, column: &Column, texts: &[String]) {
    push_value(sql, column);
    sql.push(" IN (");
    for (index, text) in texts.iter().enumerate() {
        sql.push(if index == 0 { "?" } else { ", ?" });
        sql.bind(text.clone());
    }
    sql.push(")");
}

fn push_compare(sql: &mut Sql, column: &Column, order: Order, value: impl Into<Value>) {
    push_value(sql, column);
    sql.push(match order {
        Order::Equal => " = ?",
        Order::Less => " < ?",
        Order::LessOrEqual => " <= ?",
        Order::Greater => " > ?",
        Order::GreaterOrEqual => " >= ?",
    });
    sql.bind(value);
}

fn push_call(sql: &mut Sql, function: &str, column: &Column, text: &str) {
    sql.push(function);
    sql.push("(");
    push_json(sql, column);
    sql.push(", ?)");
    sql.bind(text.to_owned());
}

/// The column's value as something that compares: a text, a number, or NULL where it is empty.
fn push_value(sql: &mut Sql, column: &Column) {
    let function = match column {
        Column::Text(_) | Column::Date(_) => "clarify_text(",
        Column::Number(_) => "clarify_number(",
        Column::DateTime(_) => "clarify_moment(",
        Column::Checkbox(_) => "clarify_flag(",
        Column::Items(_) => "clarify_first_item(",
        Column::Json(_) => "(",
        Column::Id => return sql.push("id"),
        Column::CreatedAt(step) => return push_time(sql, "created_at", *step),
        Column::UpdatedAt(step) => return push_time(sql, "updated_at", *step),
    };
    sql.push(function);
    push_json(sql, column);
    sql.push(")");
}

/// In microseconds, as other moments are.
fn push_time(sql: &mut Sql, column: &str, step: i64) {
    sql.push(&format!("clarify_step({column}, {step})"));
}

/// The JSON text of an attribute, NULL where it is absent.
fn push_json(sql: &mut Sql, column: &Column) {
    match column {
        Column::Text(name)
        | Column::Number(name)
        | Column::Date(name)
        | Column::DateTime(name)
        | Column::Checkbox(name)
        | Column::Items(name)
        | Column::Json(name) => {
            sql.push("attributes -> ?");
            sql.bind(format!("$.\"{name}\""));
        }
        Column::Id | Column::CreatedAt(_) | Column::UpdatedAt(_) => sql.push("NULL"),
    }
}

/// `ORDER BY ...`: empty values last in either direction, ties in the order of creation.
pub(super) fn push_order(sql: &mut Sql, sort: Option<&Sort>) {
    sql.push(" ORDER BY ");
    if let Some(Sort { column, descending }) = sort {
        push_value(sql, column);
        sql.push(if *descending { " DESC NULLS LAST, " } else { " ASC NULLS LAST, " });
    }
    sql.push("key");
}
