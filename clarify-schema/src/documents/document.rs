//! Whole schema documents.

use std::fmt;

use serde_json::{Map, Value, json};

use super::property::{insert, read_property, write_property};
use crate::{Field, Kind, Object, check_object_name};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/clarify";
const ID_BASE: &str = "https://getclarify.ai/schemas/entities/";

/// Why a JSON document is not an object's schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    object: Option<String>,
    pointer: String,
    detail: String,
}

impl SchemaError {
    pub(super) fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { object: None, pointer: pointer.into(), detail: detail.into() }
    }

    fn of(self, object: &str) -> Self {
        Self { object: Some(object.to_owned()), ..self }
    }

    fn below(mut self, pointer: &str) -> Self {
        self.pointer.insert_str(0, pointer);
        self
    }

    /// The object whose schema it is, where that is known.
    #[must_use]
    pub fn object(&self) -> Option<&str> {
        self.object.as_deref()
    }

    /// What the mistake is, in words.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// Where in the document the mistake is, as a JSON pointer.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(object) = &self.object {
            write!(f, "`{object}`: ")?;
        }
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.detail)
    }
}

impl std::error::Error for SchemaError {}

/// Reads an object from its JSON Schema, the form in which the API's `GET /schemas` answers.
///
/// Fields that begin with `_` are the service's own and are left out. What is not known (keys,
/// formats, kinds) is passed over; a field of an unknown kind becomes [`Kind::Other`].
///
/// # Errors
///
/// When the document has no name that an object can have, or its `properties` are not an object.
///
/// ```
/// # use clarify_schema::{Kind, read_schema};
/// let ticket = read_schema(&serde_json::json!({
///     "$id": "https://getclarify.ai/schemas/entities/c_ticket",
///     "type": "object",
///     "required": ["number"],
///     "properties": {
///         "number": { "type": "number", "xClarifyUnique": true },
///         "state": { "type": ["string", "null"], "enum": ["Open", "Closed"] },
///     },
/// }))
/// .unwrap();
/// assert_eq!(ticket.name, "c_ticket");
/// assert!(ticket.field("number").unwrap().required);
/// assert_eq!(ticket.field("state").unwrap().kind, Kind::Select);
/// ```
pub fn read_schema(document: &Value) -> Result<Object, SchemaError> {
    let name = read_name(document)?;
    check(document).map_err(|error| error.of(&name))?;
    Ok(read(&name, document))
}

/// Reads an object from what a service says of it. What can't be understood there is passed over, as
/// what is not known is.
pub(super) fn read_answered(document: &Value) -> Result<Object, SchemaError> {
    Ok(read(&read_name(document)?, document))
}

fn read(name: &str, document: &Value) -> Object {
    let mut object = Object::named(name.to_owned(), read_fields(document));
    object.singular = text_at(document, "/xClarifyLabel/singular");
    object.plural = text_at(document, "/xClarifyLabel/plural");
    object.description =
        text_at(document, "/xClarifyAIDescription").or_else(|| text_at(document, "/description"));
    object
}

fn read_name(document: &Value) -> Result<String, SchemaError> {
    let id = document.get("$id").or_else(|| document.get("title")).and_then(Value::as_str);
    let name = id
        .and_then(|id| id.rsplit('/').next())
        .ok_or_else(|| SchemaError::new("/$id", "a schema names its object in `$id`"))?;
    check_object_name(name)
        .map_err(|error| SchemaError::new("/$id", format!("`{name}`: {error}")))?;
    Ok(name.to_owned())
}

fn read_fields(document: &Value) -> Vec<Field> {
    let required: Vec<_> = items(document, "/required").filter_map(Value::as_str).collect();
    let Some(properties) = document.get("properties").and_then(Value::as_object) else {
        return Vec::new();
    };
    let mut fields: Vec<_> = properties
        .iter()
        .filter(|(name, _)| !name.starts_with('_'))
        .map(|(name, property)| {
            let mut field = read_property(name, property);
            field.required = required.contains(&name.as_str());
            (rank(property), field)
        })
        .collect();
    fields.sort_by_key(|(rank, _)| *rank);
    let mut fields: Vec<_> = fields.into_iter().map(|(_, field)| field).collect();
    // Records are matched on one field.
    fields.iter_mut().filter(|field| field.unique).skip(1).for_each(|field| field.unique = false);
    fields
}

fn items<'v>(value: &'v Value, pointer: &str) -> impl Iterator<Item = &'v Value> {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter()
}

/// Where the field is shown; fields without a rank come last, in the document's order.
fn rank(property: &Value) -> i64 {
    property.pointer("/xClarifyPresentation/rank").and_then(Value::as_i64).unwrap_or(i64::MAX)
}

/// A mistake that a person makes in a file.
fn check(document: &Value) -> Result<(), SchemaError> {
    let Some(Value::Object(properties)) = document.get("properties") else {
        return Err(SchemaError::new("/properties", "expected an object"));
    };
    for (name, property) in properties {
        check_property(property).map_err(|error| error.below(&format!("/properties/{name}")))?;
    }
    check_one_unique(properties)?;
    check_texts(document, "/required", Value::is_string)?;
    let names = items(document, "/required").filter_map(Value::as_str);
    match names.into_iter().find(|name| !properties.contains_key(*name)) {
        Some(name) => {
            let detail = format!("`{name}` is no property of this object");
            Err(SchemaError::new("/required", detail))
        }
        None => Ok(()),
    }
}

fn check_property(property: &Value) -> Result<(), SchemaError> {
    if !property.is_object() {
        return Err(SchemaError::new("", "expected an object"));
    }
    // Among options `null` says that there may be none.
    check_texts(property, "/enum", |option| option.is_string() || option.is_null())
}

fn check_one_unique(properties: &Map<String, Value>) -> Result<(), SchemaError> {
    let is_unique = |property: &Value| property.get("xClarifyUnique") == Some(&json!(true));
    match properties.iter().filter(|(_, property)| is_unique(property)).nth(1) {
        Some((second, _)) => Err(SchemaError::new(
            format!("/properties/{second}/xClarifyUnique"),
            "an object has one unique field at most",
        )),
        None => Ok(()),
    }
}

fn check_texts(
    value: &Value,
    pointer: &str,
    is_one: impl Fn(&Value) -> bool,
) -> Result<(), SchemaError> {
    match value.pointer(pointer) {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Array(items)) if items.iter().all(is_one) => Ok(()),
        Some(_) => Err(SchemaError::new(pointer, "expected a list of strings")),
    }
}

fn text_at(document: &Value, pointer: &str) -> Option<crate::Text> {
    document.pointer(pointer).and_then(Value::as_str).map(|text| text.to_owned().into())
}

/// Writes an object as its JSON Schema; [`read_schema`] reads the same object back.
#[must_use]
pub fn write_schema(object: &Object) -> Value {
    let properties: Map<String, Value> = object
        .fields
        .iter()
        .enumerate()
        .map(|(rank, field)| {
            let mut property = write_property(field, rank);
            if primary(object) == Some(field) {
                insert(&mut property, "xClarifyPrimary", json!(true));
            }
            (field.name.to_string(), property)
        })
        .collect();
    let required: Vec<_> =
        object.fields.iter().filter(|field| field.required).map(|field| &field.name).collect();
    let mut document = json!({
        "$schema": DIALECT,
        "$id": schema_id(&object.name),
        "title": object.singular.as_ref().unwrap_or(&object.name),
        "type": "object",
        "required": required,
        "xClarifyNamespace": "objects",
        "properties": properties,
    });
    if let (Some(singular), Some(plural)) = (&object.singular, &object.plural) {
        let labels = json!({ "singular": singular, "plural": plural });
        insert(&mut document, "xClarifyLabel", labels);
    }
    if let Some(description) = &object.description {
        insert(&mut document, "xClarifyAIDescription", json!(description));
    }
    document
}

/// The `$id` of an object's schema, by which the API's calls name it.
#[must_use]
pub fn schema_id(object: &str) -> String {
    format!("{ID_BASE}{object}")
}

/// The field that a record is shown by.
fn primary(object: &Object) -> Option<&Field> {
    let named = object.field("name").or_else(|| object.field("title"));
    named.or_else(|| object.fields.iter().find(|field| field.kind == Kind::Text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BUILT_INS;

    #[test]
    fn every_built_in_is_read_back_as_it_was_written() {
        for object in BUILT_INS {
            assert_eq!(&read_schema(&write_schema(object)).unwrap(), object);
        }
    }

    #[test]
    fn every_kind_is_read_back_as_it_was_written() {
        let fields = Kind::ALL.map(|kind| {
            let field = Field::named(format!("a_{}", kind.name()).into(), kind);
            if kind == Kind::ToOne || kind == Kind::ToMany {
                field.target("company")
            } else {
                field
            }
        });
        let object = Object::named("c_everything", fields.into());
        assert_eq!(read_schema(&write_schema(&object)).unwrap(), object);
    }

    #[test]
    fn relationships_and_what_is_hidden_are_read_back_as_they_were_written() {
        let fields = vec![
            Field::new("company_id", Kind::ToOne).target("company").inverse("orders"),
            Field::new("lines", Kind::ToMany).target("c_line").inverse("order_id"),
            Field::new("tags", Kind::ToMany).target("c_tag").inverse("orders").many_to_many(),
            Field::new("note", Kind::Text).hidden(),
        ];
        let object = Object::named("c_order", fields);
        let document = write_schema(&object);
        assert_eq!(read_schema(&document).unwrap(), object);
        let relationship = |name: &str| &document["properties"][name]["xClarifyRelationship"];
        let line = json!({ "kind": "one-to-many", "entity": "c_line", "field": "order_id" });
        assert_eq!(relationship("lines"), &line);
        let tag = json!({ "kind": "many-to-many", "entity": "c_tag", "field": "orders" });
        assert_eq!(relationship("tags"), &tag);
        let note = &document["properties"]["note"]["xClarifyPresentation"];
        assert_eq!(note, &json!({ "rank": 3, "hiddenInDetails": true }));
    }

    #[test]
    fn what_is_said_of_an_option_stays_when_others_change() {
        let options = |options: &[&str]| {
            let select = |name: &'static str, kind| {
                let mut field = Field::new(name, kind);
                field.options = options.iter().map(|o| (*o).to_owned().into()).collect();
                field
            };
            let fields = vec![select("a", Kind::Select), select("b", Kind::MultiSelect)];
            let object = Object::named("c_order", fields);
            let document = write_schema(&object);
            assert_eq!(read_schema(&document).unwrap(), object);
            let properties = &document["properties"];
            let metadata = properties["a"]["xClarifyEnumMetadata"].clone();
            let items = &properties["b"]["properties"]["items"]["items"];
            assert_eq!(items["xClarifyEnumMetadata"], metadata);
            metadata
        };
        let (before, after) = (options(&["On hold", "Done"]), options(&["Done", "New", "On hold"]));
        for option in ["On hold", "Done"] {
            assert_eq!(before[option]["id"], after[option]["id"]);
            assert_eq!(before[option]["color"], after[option]["color"]);
        }
        assert_ne!(before["On hold"]["id"], before["Done"]["id"]);
        assert_eq!((&before["Done"]["rank"], &after["Done"]["rank"]), (&json!(1), &json!(0)));
    }

    #[test]
    fn a_record_is_shown_by_its_name() {
        let primary = |object: &Object| {
            let document = write_schema(object);
            let properties = document["properties"].as_object().unwrap().clone();
            let mut primary = properties.into_iter().filter(|(_, p)| p["xClarifyPrimary"] == true);
            primary.next().map(|(name, _)| name)
        };
        assert_eq!(primary(&crate::PERSON).as_deref(), Some("name"));
        assert_eq!(primary(&crate::TASK).as_deref(), Some("title"));
        let fields = vec![Field::new("total", Kind::Number), Field::new("number", Kind::Text)];
        assert_eq!(primary(&Object::named("c_order", fields)).as_deref(), Some("number"));
        assert_eq!(primary(&Object::named("c_order", vec![])), None);
    }

    #[test]
    fn mistakes_are_named() {
        let error = |document| read_schema(&document).unwrap_err().to_string();
        assert_eq!(error(json!({})), "/$id: a schema names its object in `$id`");
        assert_eq!(
            error(json!({ "$id": "x/ticket" })),
            "/$id: `ticket`: the name of a custom object begins with `c_`"
        );
        assert_eq!(
            error(json!({ "$id": "c_a", "properties": [] })),
            "`c_a`: /properties: expected an object"
        );
        let required = json!({ "$id": "c_a", "properties": {}, "required": ["b"] });
        assert_eq!(error(required), "`c_a`: /required: `b` is no property of this object");
        let options = json!({ "$id": "c_a", "properties": { "a": { "enum": [1] } } });
        assert_eq!(error(options), "`c_a`: /properties/a/enum: expected a list of strings");
        assert_eq!(
            error(json!({ "$id": "c_a", "propertys": {} })),
            "`c_a`: /properties: expected an object"
        );
        let twice = json!({ "xClarifyUnique": true, "type": "string" });
        assert_eq!(
            error(json!({ "$id": "c_a", "properties": { "a": twice, "b": twice } })),
            "`c_a`: /properties/b/xClarifyUnique: an object has one unique field at most"
        );
    }

    #[test]
    fn what_a_service_says_is_read_as_far_as_it_can_be() {
        let text = json!({ "type": "string", "xClarifyUnique": true });
        let odd = json!({
            "$id": "c_a",
            "required": ["b", 1, "gone"],
            "properties": {
                "a": text, "b": text, "c": true, "d": null,
                "e": { "type": ["string", "null"], "enum": ["One", null] },
                "f": { "type": "number", "enum": [1, 2] },
            },
        });
        let object = read_answered(&odd).unwrap();
        let kinds: Vec<_> = object.fields.iter().map(|field| field.kind).collect();
        use Kind::{Number, Other, Select, Text};
        assert_eq!(kinds, [Text, Text, Other, Other, Select, Number]);
        assert_eq!(object.unique_field().unwrap().name, "a");
        assert!(object.field("b").unwrap().required && !object.field("b").unwrap().unique);
        assert_eq!(*object.field("e").unwrap().options, ["One"]);
        assert!(read_answered(&json!({ "$id": "c_a" })).unwrap().fields.is_empty());
        assert!(read_answered(&json!({ "properties": {} })).is_err(), "of no object");
    }

    #[test]
    fn an_option_may_be_none() {
        let property = json!({ "type": ["string", "null"], "enum": ["One", null] });
        let object = read_schema(&json!({ "$id": "c_a", "properties": { "a": property } }));
        assert_eq!(*object.unwrap().field("a").unwrap().options, ["One"]);
    }

    #[test]
    fn the_oddities_of_the_hosted_service_are_survived() {
        let object = read_schema(&json!({
            "$id": "https://getclarify.ai/schemas/core/person",
            "title": "person",
            "properties": {
                "_created_at": { "type": "object", "format": "date-time" },
                "name": { "oneOf": [
                    { "$ref": "https://getclarify.ai/schemas/core/personName" }, { "type": "null" },
                ] },
                "email_addresses": {
                    "oneOf": [
                        { "$ref": "https://getclarify.ai/schemas/core/collectionOfStrings" },
                        { "type": "null" },
                    ],
                    "xClarifyUnique": true,
                },
                "labels": {
                    "type": ["object", "null"],
                    "properties": { "items": { "items": { "enum": ["Hot", "Cold"] } } },
                },
                "company_id": {
                    "type": ["string", "null"],
                    "xClarifyRelationship": {
                        "kind": "many-to-one", "entity": "company", "field": "people",
                    },
                },
                "met_at": { "type": "object", "format": "date-time" },
                "mystery": { "type": "hologram", "xNew": 1 },
            },
        }))
        .unwrap();
        let kinds: Vec<_> = object.fields.iter().map(|f| (f.name.to_string(), f.kind)).collect();
        let expected = [
            ("name", Kind::PersonName),
            ("email_addresses", Kind::EmailAddresses),
            ("labels", Kind::MultiSelect),
            ("company_id", Kind::ToOne),
            ("met_at", Kind::DateTime),
            ("mystery", Kind::Other),
        ];
        for (name, kind) in expected {
            assert!(kinds.contains(&(name.to_owned(), kind)), "{name}: {kinds:?}");
        }
        assert_eq!(kinds.len(), expected.len());
        assert_eq!(*object.field("labels").unwrap().options, ["Hot", "Cold"]);
        assert_eq!(object.field("company_id").unwrap().target.as_deref(), Some("company"));
    }
}
