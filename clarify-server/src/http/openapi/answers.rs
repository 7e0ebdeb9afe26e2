//! Answers: what they hold, their headers, and every way to be refused.

use serde_json::{Map, Value, json};

use super::shapes::shape;
use crate::contract::Empty;

/// The headers of every answer.
const HEADERS: [&str; 4] =
    ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id"];

/// Each status of a refusal, with the name of its component and what it means.
const REFUSALS: [(u16, &str, &str); 12] = [
    (
        400,
        "BadRequest",
        "The request, its body or a parameter can't be read; a number is out of range; a unique \
         value is another record's.",
    ),
    (401, "NoKey", "The key is missing, or nobody's."),
    (404, "NotFound", "There is no such workspace, object, record or relationship."),
    (408, "TooSlow", "The request took too long to arrive."),
    (
        409,
        "Conflict",
        "The body is about another object or record than the path, or another request edits a \
         schema.",
    ),
    (413, "TooLarge", "The body is larger than the service takes."),
    (414, "UrlTooLong", "The URL is longer than the service takes."),
    (422, "Invalid", "The body is JSON, but not as it should be. Each error has its place."),
    (429, "TooMany", "There were more requests in a minute than the service was started for."),
    (431, "HeadTooLarge", "There are more headers, or longer ones, than the service takes."),
    (500, "Failed", "The records could not be read or written; nothing was changed."),
    (503, "Unavailable", "The records can't be reached, or the service is stopping."),
];

/// A JSON document of this shape.
pub(super) fn document(description: &str, name: &str) -> Value {
    of_form(description, "application/json", &shape(name))
}

/// A body in a form of its own.
pub(super) fn of_form(description: &str, form: &str, schema: &Value) -> Value {
    json!({
        "description": description,
        "headers": header_refs(&[]),
        "content": { form: { "schema": schema } },
    })
}

/// An answer that shows nothing.
pub(super) fn empty(description: &str, empty: &Empty) -> Value {
    if empty.body.is_some() {
        return document(description, "Nothing");
    }
    json!({ "description": description, "headers": header_refs(&[]) })
}

/// The answer of a create, which says what matched, and how to go on with a record that it shows.
pub(super) fn created(description: &str, name: &str, links: &Value) -> Value {
    json!({
        "description": description,
        "headers": header_refs(&["Clarify-Matched"]),
        "content": { "application/json": { "schema": shape(name) } },
        "links": links,
    })
}

/// A refusal, by its status.
pub(super) fn refusal(status: u16) -> Value {
    let name = REFUSALS.iter().find(|(known, ..)| *known == status).map(|(_, name, _)| name);
    json!({ "$ref": format!("#/components/responses/{}", name.unwrap_or(&"Failed")) })
}

/// The components of all refusals.
pub(super) fn refusals() -> Value {
    let refusal = |(status, name, description): (u16, &str, &str)| {
        let more: &[&str] = if status == 429 { &["Retry-After"] } else { &[] };
        let answer = json!({
            "description": description,
            "headers": header_refs(more),
            "content": { "application/json": { "schema": shape("Errors") } },
        });
        (name.to_owned(), answer)
    };
    Value::Object(REFUSALS.into_iter().map(refusal).collect())
}

/// The headers of every answer, and these.
fn header_refs(more: &[&str]) -> Value {
    let reference = |name: &&str| {
        ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }))
    };
    Value::Object(HEADERS.iter().chain(more).map(reference).collect())
}

/// The components of all headers.
pub(super) fn headers() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    let positions = json!({ "type": "string", "pattern": "^([0-9]+(,[0-9]+)*)?$" });
    let text = json!({ "type": "string", "minLength": 1 });
    let headers = [
        ("X-RateLimit-Limit", "How many requests a minute may have.", &count),
        ("X-RateLimit-Remaining", "How many are left.", &count),
        ("X-RateLimit-Reset", "In how many seconds there will be more.", &count),
        ("X-Request-Id", "The id that the request came with, or a new one.", &text),
        ("Retry-After", "In how many seconds there is room again.", &count),
        ("Clarify-Matched", "The positions that matched a record which was there.", &positions),
    ];
    let header = |(name, description, schema): (&str, &str, &Value)| {
        let header = json!({ "description": description, "required": true, "schema": schema });
        (name.to_owned(), header)
    };
    Value::Object(Map::from_iter(headers.map(header)))
}
