//! Records and their attributes.

use clarify_schema::{BUILT_INS, Field, Kind, Object};
use serde_json::{Map, Value, json};

use super::values;
use super::{
    custom_pattern, field_pattern, id, list, object, object_pattern, shape, singular, text,
};
use crate::contract::{SystemField, Terms};

/// The attributes that a write may send of a built-in object. A workspace may have more.
pub(super) fn sent(object: &Object) -> Value {
    attributes_to_send(
        attributes(object).map(|field| (field.name.to_string(), values::sent(field))),
    )
}

/// The same of a custom object, whose fields are in its schema.
pub(super) fn sent_custom() -> Value {
    attributes_to_send(std::iter::empty())
}

fn attributes_to_send(attributes: impl Iterator<Item = (String, Value)>) -> Value {
    json!({
        "type": "object",
        "properties": attributes.collect::<Map<_, _>>(),
        "propertyNames": { "pattern": field_pattern() },
    })
}

/// The attributes that answers show of a built-in object: which of them, the request may say.
pub(super) fn shown(object: &Object, contract: &Terms) -> Value {
    let shown = |field: &Field| (field.name.to_string(), values::shown(field, contract));
    attributes_shown(attributes(object).map(shown), contract)
}

/// The same of a custom object.
pub(super) fn shown_custom(contract: &Terms) -> Value {
    attributes_shown(std::iter::empty(), contract)
}

fn attributes_shown(attributes: impl Iterator<Item = (String, Value)>, contract: &Terms) -> Value {
    let system = |field: &SystemField| (field.name().to_owned(), system(*field, contract));
    let all = attributes.chain(contract.system_fields.iter().map(system));
    json!({ "type": "object", "properties": all.collect::<Map<_, _>>() })
}

fn system(field: SystemField, contract: &Terms) -> Value {
    match field {
        SystemField::Id => id(),
        SystemField::CreatedAt | SystemField::UpdatedAt => values::time(contract),
        SystemField::CreatedBy | SystemField::UpdatedBy => {
            json!({ "type": "string", "format": "uuid" })
        }
        SystemField::MergedIds => values::collection(&id(), 0),
    }
}

/// A link to many records is no attribute.
fn attributes(object: &Object) -> impl Iterator<Item = &Field> {
    object.fields.iter().filter(|field| field.kind != Kind::ToMany)
}

pub(super) fn describe() -> Vec<(&'static str, Value)> {
    vec![
        ("Record", record(None)),
        ("DeletedRecord", record(Some("_deleted_at"))),
        ("Reference", reference()),
        ("Relationships", relationships()),
    ]
}

/// A record of any object. A deleted one also tells when that was, in seconds since the epoch.
fn record(moment: Option<&str>) -> Value {
    of_each(|name, object_name| {
        let mut attributes = vec![shape(&format!("Shown{name}"))];
        attributes.extend(moment.map(|moment| object(&json!({ moment: { "type": "integer" } }))));
        json!({
            "type": "object",
            "required": ["id", "type", "attributes"],
            "properties": {
                "id": id(),
                "type": object_name,
                "attributes": { "allOf": attributes },
                "relationships": shape("Relationships"),
            },
        })
    })
}

/// A shape for each built-in object and one for all custom ones, by the name of its component and
/// what `type` says.
pub(super) fn of_each(shape: impl Fn(&str, Value) -> Value) -> Value {
    let known = |object: &&Object| shape(singular(object), json!({ "const": object.name }));
    let custom = shape("Custom", json!({ "type": "string", "pattern": custom_pattern() }));
    let shapes: Vec<_> = BUILT_INS.iter().map(known).chain([custom]).collect();
    json!({ "anyOf": shapes })
}

/// A record that is only named. Users can be named, too, though they are no records here.
fn reference() -> Value {
    object(&json!({ "type": text(), "id": id() }))
}

/// A relationship to many tells how many there are, as not all of them may be shown.
fn relationships() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    let many = object(&json!({
        "data": list(&shape("Reference")),
        "meta": object(&json!({ "count": count })),
    }));
    let one = object(&json!({ "data": super::or_null(&shape("Reference")) }));
    json!({ "type": "object", "additionalProperties": { "anyOf": [one, many] } })
}

/// What a workspace calls one of its objects.
pub(super) fn object_name() -> Value {
    json!({ "type": "string", "pattern": object_pattern() })
}
