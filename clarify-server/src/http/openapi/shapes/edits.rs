//! Schemas, and the bodies that edit them.

use serde_json::{Value, json};

use super::{field_pattern, list, object, object_pattern, shape, some, text};
use crate::engine::limits::{LONGEST_DESCRIPTION, LONGEST_NAME};

pub(super) fn describe() -> Vec<(&'static str, Value)> {
    vec![
        ("Schema", schema()),
        ("Property", property()),
        ("Relationship", relationship()),
        ("CreateObject", create_object()),
        ("AddFields", of_type("schema-properties", &new_fields())),
        ("OrderFields", of_type("schema-property-order", &order())),
        ("HideFields", of_type("schema-property-visibility", &visibility())),
        ("AddRelationships", of_type("relationship", &sides())),
        ("EditOptions", object(&json!({ "data": some(&shape("OptionEdit"), None) }))),
        ("OptionEdit", option_edit()),
    ]
}

/// An object's JSON Schema. Where one is sent, most of what answers show in it may be left out.
fn schema() -> Value {
    json!({
        "type": "object",
        "required": ["$id", "properties"],
        "properties": {
            "$id": { "type": "string", "examples": ["https://getclarify.ai/schemas/entities/c_ticket"] },
            "properties": properties(),
            "required": or_null_list(),
        },
    })
}

fn or_null_list() -> Value {
    super::or_null(&list(&text()))
}

/// Those that begin with `_` are the service's own, and passed over.
fn properties() -> Value {
    json!({ "type": "object", "additionalProperties": shape("Property") })
}

/// A field. Of what is not known here the service makes the best it can.
fn property() -> Value {
    json!({ "type": "object", "properties": { "enum": or_null_list() } })
}

fn create_object() -> Value {
    let name = json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_NAME });
    json!({
        "type": "object",
        "required": ["name", "plural"],
        "properties": {
            "name": name,
            "plural": name,
            "description": { "type": ["string", "null"], "maxLength": LONGEST_DESCRIPTION },
            "properties": properties(),
            "required": or_null_list(),
        },
    })
}

/// `{data: {type, attributes}}`.
fn of_type(name: &str, attributes: &Value) -> Value {
    let data = object(&json!({ "type": { "const": name }, "attributes": attributes }));
    object(&json!({ "data": data }))
}

/// One at least, by their names.
fn some_of(shape: &Value, names: &str) -> Value {
    json!({
        "type": "object",
        "minProperties": 1,
        "propertyNames": { "pattern": names },
        "additionalProperties": shape,
    })
}

/// Records that are there have no value of it, so `null` is among its types.
fn new_fields() -> Value {
    let types = json!({ "anyOf": [
        { "const": "boolean" },
        { "type": "array", "contains": { "const": "null" } },
    ] });
    let nullable = json!({ "type": "object", "properties": { "type": types } });
    some_of(&json!({ "allOf": [shape("Property"), nullable] }), &field_pattern())
}

fn order() -> Value {
    object(&json!({ "order": some(&text(), None) }))
}

fn visibility() -> Value {
    let hidden = json!({ "type": "object", "additionalProperties": { "type": "boolean" } });
    object(&json!({ "hiddenInDetails": hidden }))
}

/// Both sides, each by its object and its field.
fn sides() -> Value {
    some_of(&some_of(&shape("Relationship"), &field_pattern()), &object_pattern())
}

fn relationship() -> Value {
    let name = json!({ "type": "string", "minLength": 1 });
    let kinds = ["many-to-one", "one-to-many", "many-to-many"];
    let other = object(&json!({ "kind": { "enum": kinds }, "entity": name, "field": name }));
    object(&json!({ "title": name, "xClarifyRelationship": other }))
}

/// How the options that are sent go together with those that are there; else they replace them.
fn option_edit() -> Value {
    let manner = object(&json!({ "enum": { "enum": ["append", "remove"] } }));
    json!({
        "type": "object",
        "required": ["type", "id", "attributes"],
        "properties": {
            "type": { "const": "schema-properties" },
            "id": text(),
            "attributes": some_of(&json!({ "type": "object" }), &field_pattern()),
            "meta": { "type": "object", "additionalProperties": manner },
        },
    })
}
