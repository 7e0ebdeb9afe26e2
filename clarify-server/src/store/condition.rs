//! Conditions and sorts as SQL.

use rusqlite::types::Value;

use super::columns::Order;
use super::{Column, Condition, Hop, LinkField, ObjectKey, Sort, Test};

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
pub(super) fn push_filter<'c>(
    sql: &mut Sql,
    object: ObjectKey,
    conditions: impl IntoIterator<Item = &'c Condition>,
    is_by_id: bool,
) {
    sql.push(" WHERE ");
    sql.push(&of_object(object));
    if is_by_id {
        // The index of ids is one of objects and ids.
        sql.push(&format!(" AND object = {}", object.0));
    }
    for condition in conditions {
        sql.push(" AND ");
        push_condition(sql, object, condition);
    }
}

/// What holds of all records of an object. The keys stand there as numbers, since SQLite uses an
/// index of a part of the records only for a query that asks for that part in the same words.
pub(super) fn of_object(object: ObjectKey) -> String {
    let keys = object.records();
    format!("key BETWEEN {} AND {}", keys.start(), keys.end())
}

fn push_condition(sql: &mut Sql, object: ObjectKey, condition: &Condition) {
    let Condition { path, column, test, negated } = condition;
    match test {
        Test::HasUniqueKey(key) if path.is_empty() => {
            push_has_unique_key(sql, object, key, *negated);
        }
        // As the negation of a test it could not be looked up in an index.
        Test::Present if *negated && path.is_empty() => sql.push(&(value(column) + " IS NULL")),
        _ => {
            sql.push("(");
            push_at(sql, object, path, condition);
            // No value makes a test neither true nor false. `IS TRUE` would say the same as
            // nothing, but keep SQLite from using an index.
            sql.push(if *negated { ") IS NOT TRUE" } else { ")" });
        }
    }
}

/// The test, of the record at the end of the path.
fn push_at(sql: &mut Sql, object: ObjectKey, path: &[Hop], condition: &Condition) {
    let [hop, rest @ ..] = path else { return push_met(sql, object, condition) };
    sql.push("key IN (SELECT record FROM links WHERE object = ? AND field = ? AND target IN ");
    sql.bind(hop.links.object.0);
    sql.bind(hop.links.field.clone());
    sql.push(&format!("(SELECT id FROM records WHERE {} AND (", of_object(hop.target)));
    push_at(sql, hop.target, rest, condition);
    sql.push(")))");
}

fn push_met(sql: &mut Sql, object: ObjectKey, condition: &Condition) {
    let Condition { column, test, .. } = condition;
    match test {
        Test::HasUniqueKey(key) => push_has_unique_key(sql, object, key, false),
        Test::LinksTo(links, id) => push_linked(sql, LINKING, links, id.clone()),
        Test::PairedWith(links, record) => push_linked(sql, PAIRED, links, record.0),
        _ => push_test(sql, &operand(column, test), test),
    }
}

const LINKING: &str = "SELECT record FROM links WHERE object = ? AND field = ? AND target = ?";
const PAIRED: &str = "SELECT other FROM pairs WHERE object = ? AND field = ? AND record = ?";

fn push_linked(sql: &mut Sql, query: &str, links: &LinkField, what: impl Into<Value>) {
    sql.push(&format!("key IN ({query})"));
    sql.bind(links.object.0);
    sql.bind(links.field.clone());
    sql.bind(what);
}

fn push_has_unique_key(sql: &mut Sql, object: ObjectKey, key: &str, negated: bool) {
    sql.push(if negated { "key NOT IN " } else { "key IN " });
    sql.push("(SELECT record FROM unique_keys WHERE object = ? AND key = ?)");
    sql.bind(object.0);
    sql.bind(key.to_owned());
}

/// A test of an operand, which is itself SQL.
pub(super) fn push_test(sql: &mut Sql, operand: &str, test: &Test) {
    match test {
        Test::Present | Test::HasUniqueKey(_) | Test::LinksTo(..) | Test::PairedWith(..) => {
            sql.push(&format!("{operand} IS NOT NULL"))
        }
        Test::OneOf(texts) => push_one_of(sql, operand, texts),
        Test::Number(order, number) => push_compare(sql, operand, *order, *number),
        Test::Text(order, text) => push_compare(sql, operand, *order, text.clone()),
        Test::Contains(text) => push_call(sql, "clarify_contains", operand, text),
        Test::StartsWith(text) => push_call(sql, "clarify_starts_with", operand, text),
        Test::EndsWith(text) => push_call(sql, "clarify_ends_with", operand, text),
        Test::HasItem(item) => push_call(sql, "clarify_has_item", operand, item),
    }
}

fn push_one_of(sql: &mut Sql, operand: &str, texts: &[String]) {
    sql.push(operand);
    sql.push(" IN (");
    for (index, text) in texts.iter().enumerate() {
        sql.push(if index == 0 { "?" } else { ", ?" });
        sql.bind(text.clone());
    }
    sql.push(")");
}

fn push_compare(sql: &mut Sql, operand: &str, order: Order, value: impl Into<Value>) {
    sql.push(operand);
    sql.push(match order {
        Order::Equal => " = ?",
        Order::Less => " < ?",
        Order::LessOrEqual => " <= ?",
        Order::Greater => " > ?",
        Order::GreaterOrEqual => " >= ?",
    });
    sql.bind(value);
}

fn push_call(sql: &mut Sql, function: &str, operand: &str, text: &str) {
    sql.push(&format!("{function}({operand}, ?)"));
    sql.bind(text.to_owned());
}

/// What a test of this column looks at.
fn operand(column: &Column, test: &Test) -> String {
    match test {
        Test::HasItem(_) => json(column),
        _ => value(column),
    }
}

/// The column's value as something that compares: a text, a number, or NULL where it is empty. An
/// index of the column has the same words.
pub(super) fn value(column: &Column) -> String {
    let function = match column {
        Column::Text(_) | Column::Date(_) => "clarify_text",
        Column::Number(_) => "clarify_number",
        Column::DateTime(_) => "clarify_moment",
        Column::Checkbox(_) => "clarify_flag",
        Column::Items(_) => "clarify_first_item",
        Column::Json(_) => "",
        Column::Id => return "id".to_owned(),
        // In microseconds, as other moments are.
        Column::CreatedAt(step) => return format!("clarify_step(created_at, {step})"),
        Column::UpdatedAt(step) => return format!("clarify_step(updated_at, {step})"),
    };
    format!("{function}({})", json(column))
}

/// The JSON text of an attribute, NULL where it is absent.
fn json(column: &Column) -> String {
    match column {
        Column::Text(name)
        | Column::Number(name)
        | Column::Date(name)
        | Column::DateTime(name)
        | Column::Checkbox(name)
        | Column::Items(name)
        | Column::Json(name) => format!("attributes -> '$.\"{name}\"'"),
        Column::Id | Column::CreatedAt(_) | Column::UpdatedAt(_) => "NULL".to_owned(),
    }
}

/// `ORDER BY ...`: empty values last in either direction, ties in the order of creation.
pub(super) fn push_order(sql: &mut Sql, sort: Option<&Sort>) {
    sql.push(" ORDER BY ");
    if let Some(Sort { column, descending }) = sort {
        sql.push(&value(column));
        sql.push(if *descending { " DESC NULLS LAST, " } else { " ASC NULLS LAST, " });
    }
    sql.push("key");
}
