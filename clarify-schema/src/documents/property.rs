//! One property of a schema document.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::{Field, Kind, Text};

const SHAPES: &str = "https://getclarify.ai/schemas/core/";

/// Written where the rest of the property does not tell the kind, e.g. a currency from a number.
const KIND_KEY: &str = "xClarifyKind";

/// The colours that options are given, by the names that the API has for them.
const COLORS: [&str; 17] = [
    "red", "orange", "amber", "yellow", "lime", "green", "emerald", "teal", "cyan", "sky", "blue",
    "indigo", "violet", "purple", "fuchsia", "pink", "rose",
];

const MANY_TO_ONE: &str = "many-to-one";
const ONE_TO_MANY: &str = "one-to-many";
const MANY_TO_MANY: &str = "many-to-many";

pub(super) fn read_property(name: &str, property: &Value) -> Field {
    let written = property.get(KIND_KEY).and_then(Value::as_str).and_then(Kind::parse);
    let mut field = Field::named(
        Text::Owned(name.to_owned()),
        written.unwrap_or_else(|| infer_kind(name, property)),
    );
    let text = |pointer| property.pointer(pointer).and_then(Value::as_str);
    let flag = |key| property.get(key).and_then(Value::as_bool).unwrap_or(false);
    field.title = text("/title").filter(|title| *title != name).map(|t| t.to_owned().into());
    field.description = text("/description").map(|text| text.to_owned().into());
    field.target = text("/xClarifyRelationship/entity").map(|text| text.to_owned().into());
    field.inverse = text("/xClarifyRelationship/field").map(|text| text.to_owned().into());
    field.many_to_many = text("/xClarifyRelationship/kind") == Some(MANY_TO_MANY);
    field.hidden = property.pointer("/xClarifyPresentation/hiddenInDetails") == Some(&true.into());
    field.unique = flag("xClarifyUnique");
    field.read_only = flag("readOnly");
    field.options = options(&without_null(property)).into();
    field
}

/// Whether a property says what its values are, in a way that is known. What it says may be that they
/// are objects of any form.
///
/// ```
/// # use clarify_schema::says_its_kind;
/// # use serde_json::json;
/// assert!(says_its_kind(&json!({ "type": ["string", "null"] })));
/// assert!(!says_its_kind(&json!({ "type": ["zork", "null"] })));
/// assert!(!says_its_kind(&json!({})));
/// ```
#[must_use]
pub fn says_its_kind(property: &Value) -> bool {
    let written = property.get(KIND_KEY).and_then(Value::as_str).and_then(Kind::parse);
    let property = &without_null(property);
    let is_object = types(property).any(|name| name == "object");
    written.is_some() || is_object || infer_kind("", property) != Kind::Other
}

/// A property that may be null, as `oneOf` or `anyOf` say it, as one that says so in its type.
fn without_null(property: &Value) -> Cow<'_, Value> {
    let alternatives = ["oneOf", "anyOf"].into_iter().find_map(|key| property.get(key)?.as_array());
    let mut others = alternatives
        .into_iter()
        .flatten()
        .filter(|value| value.get("type") != Some(&json!("null")));
    let (Some(Value::Object(only)), None, Value::Object(said)) =
        (others.next(), others.next(), property)
    else {
        return Cow::Borrowed(property);
    };
    let mut all = only.clone();
    let said = said.iter().filter(|(key, _)| !matches!(key.as_str(), "oneOf" | "anyOf"));
    all.extend(said.map(|(key, value)| (key.clone(), value.clone())));
    Cow::Owned(Value::Object(all))
}

fn infer_kind(name: &str, property: &Value) -> Kind {
    let property = &without_null(property);
    let relationship = property.pointer("/xClarifyRelationship/kind").and_then(Value::as_str);
    match relationship {
        Some(MANY_TO_ONE) => return Kind::ToOne,
        Some(_) => return Kind::ToMany,
        None => {}
    }
    match shape(property) {
        Some("personName") => return Kind::PersonName,
        Some("collectionOfIds") => return Kind::ToMany,
        Some("collectionOfStrings") => return collection_kind(name, property),
        _ => {}
    }
    if property.pointer("/properties/items/items/enum").is_some() {
        return Kind::MultiSelect;
    }
    match property.get("format").and_then(Value::as_str) {
        Some("date") => return Kind::Date,
        Some("date-time") => return Kind::DateTime,
        _ => {}
    }
    types(property).find_map(|name| kind_of_type(name, property)).unwrap_or(Kind::Other)
}

fn kind_of_type(name: &str, property: &Value) -> Option<Kind> {
    Some(match name {
        "string" if property.get("enum").is_some() => Kind::Select,
        "string" => Kind::Text,
        "number" | "integer" => Kind::Number,
        "boolean" => Kind::Checkbox,
        "date" => Kind::Date,
        "date-time" => Kind::DateTime,
        _ => return None,
    })
}

/// The API gives every collection of strings one shape; what they are is in the field's name.
fn collection_kind(name: &str, property: &Value) -> Kind {
    match name {
        "email_addresses" => Kind::EmailAddresses,
        "domains" => Kind::Domains,
        "phone_numbers" => Kind::PhoneNumbers,
        _ if property.pointer("/properties/items/items/enum").is_some() => Kind::MultiSelect,
        _ => Kind::Texts,
    }
}

/// The last part of the property's `$ref`, which may stand in a `oneOf`.
fn shape(property: &Value) -> Option<&str> {
    let alternatives =
        ["oneOf", "anyOf"].into_iter().filter_map(|key| property.get(key)?.as_array());
    let mut refs = std::iter::once(property)
        .chain(alternatives.flatten())
        .filter_map(|value| value.get("$ref")?.as_str());
    refs.find_map(|reference| reference.rsplit('/').next())
}

fn types(property: &Value) -> impl Iterator<Item = &str> {
    let declared = property.get("type");
    let many = declared.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    declared.into_iter().chain(many).filter_map(Value::as_str)
}

fn options(property: &Value) -> Vec<Text> {
    property
        .get("enum")
        .or_else(|| property.pointer("/properties/items/items/enum"))
        .and_then(Value::as_array)
        .map(|values| {
            values.iter().filter_map(Value::as_str).map(|v| v.to_owned().into()).collect()
        })
        .unwrap_or_default()
}

pub(super) fn write_property(field: &Field, rank: usize) -> Value {
    let mut property = shape_of(field);
    let mut set = |key: &str, value: Value| insert(&mut property, key, value);
    set("title", json!(field.title.as_ref().unwrap_or(&field.name)));
    set("xClarifyPresentation", presentation(field, rank));
    if let Some(description) = &field.description {
        set("description", json!(description));
    }
    if field.unique {
        set("xClarifyUnique", json!(true));
    }
    if field.read_only {
        set("readOnly", json!(true));
    }
    if infer_kind(&field.name, &property) != field.kind {
        insert(&mut property, KIND_KEY, json!(field.kind.name()));
    }
    property
}

fn presentation(field: &Field, rank: usize) -> Value {
    let mut presentation = json!({ "rank": rank });
    if field.hidden {
        insert(&mut presentation, "hiddenInDetails", json!(true));
    }
    presentation
}

pub(super) fn insert(object: &mut Value, key: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(key.to_owned(), value);
    }
}

fn shape_of(field: &Field) -> Value {
    let reference = |name: &str| json!({ "oneOf": [{ "$ref": format!("{SHAPES}{name}") }, { "type": "null" }] });
    let nullable = |name: &str| json!({ "type": [name, "null"] });
    match field.kind {
        Kind::Text | Kind::LongText => nullable("string"),
        Kind::Number | Kind::Currency => nullable("number"),
        Kind::Date => nullable("date"),
        Kind::DateTime => nullable("date-time"),
        Kind::Checkbox => json!({ "type": "boolean" }),
        Kind::Select => with_options(nullable("string"), &field.options),
        Kind::MultiSelect => {
            let items = with_options(json!({ "type": "string" }), &field.options);
            let properties = json!({ "items": { "type": "array", "items": items } });
            let mut property = nullable("object");
            insert(&mut property, "properties", properties);
            property
        }
        Kind::EmailAddresses | Kind::Domains | Kind::PhoneNumbers | Kind::Texts => {
            reference("collectionOfStrings")
        }
        Kind::PersonName => reference("personName"),
        Kind::ToOne => {
            let mut property = nullable("string");
            insert(&mut property, "xClarifyRelationship", relationship(field, MANY_TO_ONE));
            property
        }
        Kind::ToMany => {
            let kind = if field.many_to_many { MANY_TO_MANY } else { ONE_TO_MANY };
            let mut property = reference("collectionOfIds");
            insert(&mut property, "xClarifyRelationship", relationship(field, kind));
            property
        }
        Kind::RichText | Kind::Location | Kind::Other => nullable("object"),
    }
}

/// What is said of an option depends on its text alone, but for its rank: it stays the same when
/// others come, go or change places.
fn with_options(mut select: Value, options: &[Text]) -> Value {
    let mut metadata = Map::new();
    for (rank, option) in options.iter().enumerate() {
        let said = json!({ "id": option, "rank": rank, "color": color(option) });
        metadata.insert(option.to_string(), said);
    }
    insert(&mut select, "enum", json!(options));
    if !metadata.is_empty() {
        insert(&mut select, "xClarifyEnumMetadata", Value::Object(metadata));
    }
    select
}

fn color(option: &str) -> &'static str {
    let sum: usize = option.bytes().map(usize::from).sum();
    COLORS.get(sum % COLORS.len()).copied().unwrap_or_default()
}

fn relationship(field: &Field, kind: &str) -> Value {
    let mut relationship = json!({ "kind": kind, "entity": field.target });
    if let Some(inverse) = &field.inverse {
        insert(&mut relationship, "field", json!(inverse));
    }
    relationship
}
