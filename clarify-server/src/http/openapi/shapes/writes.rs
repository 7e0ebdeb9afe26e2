//! The bodies of writes of records and links.

use serde_json::{Value, json};

use super::records::of_each;
use super::{field_pattern, id, list, object, or_null, shape, some, text};
use crate::contract::Terms;
use crate::engine::limits;

pub(super) fn describe(contract: &Terms) -> Vec<(&'static str, Value)> {
    vec![
        ("NewRecord", new_record(&no_relationships())),
        ("NewResource", new_record(&new_relationships())),
        ("Create", create(&shape("NewRecord"))),
        ("CreateResource", create(&shape("NewResource"))),
        ("CreateBulk", create(&some(&shape("NewRecord"), contract.max_batch_create))),
        ("Change", change(contract.update_needs_id)),
        ("NamedChange", change(true)),
        ("Update", update(&shape("Change"))),
        ("UpdateBulk", update(&some(&shape("NamedChange"), Some(contract.max_bulk)))),
        ("Manners", manners()),
        ("DeleteBulk", object(&json!({ "items": some(&id(), Some(contract.max_bulk)) }))),
        ("Merge", merge(contract)),
        ("Link", link()),
        ("Links", object(&json!({ "data": links() }))),
    ]
}

/// Its id is made by the service.
fn new_record(relationships: &Value) -> Value {
    of_each(|name, object_name| {
        json!({
            "type": "object",
            "required": ["type", "attributes"],
            "properties": {
                "type": object_name,
                "attributes": shape(&format!("Sent{name}")),
                "relationships": relationships,
            },
            "not": { "required": ["id"] },
        })
    })
}

/// On most paths there is nothing to say of them.
fn no_relationships() -> Value {
    json!({ "type": ["object", "null"], "maxProperties": 0 })
}

fn new_relationships() -> Value {
    let relationship = object(&json!({ "data": links() }));
    or_null(&json!({ "type": "object", "additionalProperties": relationship }))
}

fn create(data: &Value) -> Value {
    let match_on = json!({
        "type": ["string", "null"],
        "description": "The object's unique field, to update the record that has its value.",
    });
    json!({
        "type": "object",
        "required": ["data"],
        "properties": { "data": data, "match_on": match_on },
    })
}

fn change(needs_id: bool) -> Value {
    let required: &[&str] = if needs_id { &["id", "attributes"] } else { &["attributes"] };
    let id = if needs_id { id() } else { or_null(&id()) };
    of_each(|name, object_name| {
        json!({
            "type": "object",
            "required": required,
            "properties": {
                "type": object_name,
                "id": id,
                "attributes": shape(&format!("Sent{name}")),
                "relationships": no_relationships(),
            },
        })
    })
}

fn update(data: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["data"],
        "properties": { "data": data, "meta": or_null(&shape("Manners")) },
    })
}

/// How the value of each field goes together with the one that is kept.
fn manners() -> Value {
    let manner = |of: &str, manners: &[&str]| object(&json!({ of: { "enum": manners } }));
    json!({
        "type": "object",
        "propertyNames": { "pattern": field_pattern() },
        "additionalProperties": { "anyOf": [
            manner("collection", &["append", "remove", "replace"]),
            manner("array", &["append"]),
            manner("object", &["merge"]),
        ] },
    })
}

fn merge(contract: &Terms) -> Value {
    let sources = some(&id(), Some(contract.max_bulk));
    object(&json!({
        "data": object(&json!({
            "type": super::records::object_name(),
            "attributes": object(&json!({ "sources": sources })),
        })),
    }))
}

/// A record to be linked. No id clears a link to one record.
fn link() -> Value {
    object(&json!({ "type": text(), "id": or_null(&id()) }))
}

/// A list of records, one, or none.
fn links() -> Value {
    let mut all = list(&shape("Link"));
    if let Some(members) = all.as_object_mut() {
        members.insert("maxItems".to_owned(), json!(limits::LINKS));
    }
    json!({ "anyOf": [all, shape("Link"), { "type": "null" }] })
}
