//! What SQL can't say about values: exact numbers, moments, case-folded texts. Most functions take
//! the JSON text of an attribute, those that look for a part a text; each gives NULL where that is
//! NULL or empty.

use std::borrow::Cow;

use clarify_attributes::{date_time_microseconds, item_key};
use clarify_schema::Decimal;
use rusqlite::functions::{Context, FunctionFlags, SqlFnOutput};
use rusqlite::{Connection, Result};
use serde_json::Value;

pub(super) fn register(connection: &Connection) -> Result<()> {
    of_json(connection, "clarify_text", |json| text(json).map(Cow::into_owned))?;
    of_json(connection, "clarify_number", number)?;
    of_json(connection, "clarify_moment", moment)?;
    of_json(connection, "clarify_flag", flag)?;
    of_json(connection, "clarify_first_item", |json| items(json).into_iter().next())?;
    of_folded(connection, "clarify_contains", |text, part| text.contains(part))?;
    of_folded(connection, "clarify_starts_with", |text, part| text.starts_with(part))?;
    of_folded(connection, "clarify_ends_with", |text, part| text.ends_with(part))?;
    with_text(connection, "clarify_has_item", |json, key| {
        Some(items(json).iter().any(|item| item_key(item) == key))
    })?;
    connection.create_scalar_function("clarify_step", 2, flags(), |context| {
        let (time, step): (i64, i64) = (context.get(0)?, context.get(1)?);
        Ok(time.div_euclid(step.max(1)).saturating_mul(step).saturating_mul(1000))
    })
}

fn flags() -> FunctionFlags {
    FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS
}

fn of_json<T: SqlFnOutput>(
    connection: &Connection,
    name: &str,
    function: impl Fn(&str) -> Option<T> + Send + 'static,
) -> Result<()>
where
    Option<T>: SqlFnOutput,
{
    connection.create_scalar_function(name, 1, flags(), move |context| {
        Ok(text_or_null(context)?.and_then(&function))
    })
}

fn with_text(
    connection: &Connection,
    name: &str,
    function: impl Fn(&str, &str) -> Option<bool> + Send + 'static,
) -> Result<()> {
    connection.create_scalar_function(name, 2, flags(), move |context| {
        let wanted = context.get_raw(1).as_str()?;
        Ok(text_or_null(context)?.and_then(|text| function(text, wanted)))
    })
}

fn of_folded(
    connection: &Connection,
    name: &str,
    function: impl Fn(&str, &str) -> bool + Send + 'static,
) -> Result<()> {
    with_text(connection, name, move |text, part| Some(function(&item_key(text), part)))
}

fn text_or_null<'c>(context: &'c Context<'_>) -> Result<Option<&'c str>> {
    Ok(context.get_raw(0).as_str_or_null()?)
}

/// The text that a JSON string stands for; of a name in its parts, the whole name.
pub(super) fn text(json: &str) -> Option<Cow<'_, str>> {
    if json.starts_with('{') {
        let name: Value = serde_json::from_str(json).ok()?;
        let text = name.get("full_name")?.as_str().filter(|text| !text.is_empty());
        return text.map(|text| Cow::Owned(text.to_owned()));
    }
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    if inner.is_empty() {
        return None;
    }
    if inner.contains('\\') {
        return serde_json::from_str(json).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(inner))
}

/// A number in ten-thousandths.
fn number(json: &str) -> Option<i64> {
    json.parse::<Decimal>().ok().map(Decimal::ten_thousandths)
}

/// A moment in microseconds since the epoch.
fn moment(json: &str) -> Option<i64> {
    date_time_microseconds(&text(json)?)
}

fn flag(json: &str) -> Option<bool> {
    match json {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn items(json: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(json).unwrap_or_default();
    let items = value.get("items").and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
