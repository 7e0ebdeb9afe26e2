//! The values of fields, as they are sent and as they are shown.

use clarify_schema::{Field, Kind};
use serde_json::{Value, json};

use super::{id, or_null, text};
use crate::contract::{NameForm, Terms};

const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

const DATE_TIME: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?\
    (Z|[+-][0-9]{2}:[0-9]{2})$";

/// What a write may say of a field. `null` clears it.
pub(super) fn sent(field: &Field) -> Value {
    let value = match field.kind {
        Kind::Text | Kind::LongText => json!({ "anyOf": [text(), whole_name()] }),
        Kind::Number | Kind::Currency => number(),
        Kind::Date => date(),
        Kind::DateTime => date_time(),
        Kind::Checkbox => json!({ "type": "boolean" }),
        Kind::Select => select(field),
        Kind::EmailAddresses => collection(&email_address(), 0),
        Kind::Domains | Kind::PhoneNumbers | Kind::Texts => collection(&item(), 0),
        Kind::MultiSelect => collection(&select(field), 0),
        Kind::PersonName => json!({ "anyOf": [text(), name_to_send()] }),
        Kind::ToOne => id(),
        Kind::RichText => rich_text(),
        // Passed through unchanged.
        _ => return json!({}),
    };
    or_null(&value)
}

/// What an answer shows of a field.
pub(super) fn shown(field: &Field, contract: &Terms) -> Value {
    let value = match field.kind {
        Kind::Text | Kind::LongText | Kind::Select => text(),
        Kind::Number | Kind::Currency => json!({ "type": "number" }),
        Kind::Date => date(),
        Kind::DateTime => date_time(),
        Kind::Checkbox => json!({ "type": "boolean" }),
        kind if kind.is_collection() => collection(&text(), 1),
        Kind::PersonName => name(contract.person_name),
        Kind::ToOne => id(),
        Kind::RichText => rich_text(),
        _ => return json!({}),
    };
    if contract.shows_null { or_null(&value) } else { value }
}

/// One of the system's times.
pub(super) fn time(contract: &Terms) -> Value {
    let fraction = match contract.second_digits {
        0 => String::new(),
        digits => format!("\\.[0-9]{{{digits}}}"),
    };
    let pattern = format!("^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9:]{{8}}{fraction}Z$");
    json!({ "type": "string", "format": "date-time", "pattern": pattern })
}

/// A collection of these, of which there are so many at least.
pub(super) fn collection(item: &Value, least: usize) -> Value {
    json!({
        "type": "object",
        "required": ["items"],
        "properties": { "items": { "type": "array", "items": item, "minItems": least } },
        "additionalProperties": false,
    })
}

/// Up to 12 digits before the point and 4 behind it; a schema's numbers can't say the latter.
fn number() -> Value {
    let limit: i64 = 1_000_000_000_000;
    json!({ "type": "number", "exclusiveMinimum": -limit, "exclusiveMaximum": limit })
}

fn date() -> Value {
    json!({ "type": "string", "format": "date", "pattern": DATE })
}

fn date_time() -> Value {
    json!({ "type": "string", "format": "date-time", "pattern": DATE_TIME })
}

/// A workspace may have options beyond those that each has.
fn select(field: &Field) -> Value {
    if field.options.is_empty() {
        return text();
    }
    json!({ "type": "string", "examples": field.options })
}

/// There must be more than white space in it.
fn item() -> Value {
    json!({ "type": "string", "pattern": "\\S" })
}

fn email_address() -> Value {
    json!({ "type": "string", "pattern": "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$" })
}

/// A text takes a person's name, and keeps the whole of it.
fn whole_name() -> Value {
    json!({
        "type": "object",
        "required": ["full_name"],
        "properties": { "full_name": or_null(&text()) },
    })
}

fn name_to_send() -> Value {
    let part = or_null(&text());
    json!({
        "type": "object",
        "properties": { "first_name": part, "last_name": part, "full_name": part },
        "additionalProperties": false,
    })
}

fn name(form: NameForm) -> Value {
    match form {
        NameForm::Text => text(),
        NameForm::Parts => super::object(&json!({
            "first_name": or_null(&text()),
            "last_name": or_null(&text()),
            "full_name": text(),
        })),
    }
}

fn rich_text() -> Value {
    super::object(&json!({ "text": { "type": "array" } }))
}
