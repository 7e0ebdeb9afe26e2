//! The shapes of bodies and answers.

mod documents;
mod edits;
mod records;
mod values;
mod writes;

use clarify_schema::{BUILT_INS, CUSTOM_PREFIX, MAX_FIELD_NAME, MAX_OBJECT_NAME, Object};
use serde_json::{Map, Value, json};

use crate::contract::Terms;

/// Shapes by their names.
type Shapes = Map<String, Value>;

/// The components of all shapes.
pub(super) fn all(contract: &Terms) -> Value {
    let mut shapes = Shapes::new();
    for object in BUILT_INS {
        let name = singular(object);
        shapes.insert(format!("Sent{name}"), records::sent(object));
        shapes.insert(format!("Shown{name}"), records::shown(object, contract));
    }
    shapes.insert("SentCustom".to_owned(), records::sent_custom());
    shapes.insert("ShownCustom".to_owned(), records::shown_custom(contract));
    let groups = [
        records::describe(),
        writes::describe(contract),
        documents::describe(contract),
        edits::describe(),
    ];
    let named = groups.into_iter().flatten();
    shapes.extend(named.map(|(name, shape)| (name.to_owned(), shape)));
    shapes.into()
}

/// A shape, by its name.
pub(super) fn shape(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// What an object can be called.
pub(super) fn object_pattern() -> String {
    let known: Vec<_> = BUILT_INS.iter().map(|object| &*object.name).collect();
    format!("^({}|{})$", known.join("|"), custom_name())
}

fn custom_pattern() -> String {
    format!("^{}$", custom_name())
}

fn custom_name() -> String {
    format!("{CUSTOM_PREFIX}[a-z][a-z0-9_]{{0,{}}}", MAX_OBJECT_NAME - 1)
}

/// What a field can be called.
fn field_pattern() -> String {
    format!("^[A-Za-z][A-Za-z0-9_]{{0,{}}}$", MAX_FIELD_NAME - 1)
}

/// The part of a component's name that says which object it is of.
fn singular(object: &Object) -> &str {
    object.singular.as_deref().unwrap_or(&object.name)
}

/// An object that has all of these members, and perhaps others.
fn object(members: &Value) -> Value {
    let names: Vec<_> = members.as_object().into_iter().flat_map(Map::keys).collect();
    json!({ "type": "object", "required": names, "properties": members })
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// A list of one at least.
fn some(items: &Value, most: Option<usize>) -> Value {
    match most {
        Some(most) => json!({ "type": "array", "items": items, "minItems": 1, "maxItems": most }),
        None => json!({ "type": "array", "items": items, "minItems": 1 }),
    }
}

fn text() -> Value {
    json!({ "type": "string" })
}

/// The id of a record.
fn id() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn or_null(shape: &Value) -> Value {
    json!({ "anyOf": [shape, { "type": "null" }] })
}
