//! Several schemas at once: answers to `GET /schemas`, and files in the same form.

use serde_json::Value;

use super::document::{SchemaError, read_answered, read_schema};
use crate::{Object, check_object_name};

/// Reads the objects of documents: each is one JSON Schema, a list of them, or a page of an answer to
/// the API's `GET /schemas`.
///
/// An answer also describes users and other things that hold no records, and objects whose names are
/// none that this version knows: these are left out, and what can't be understood of the others is
/// passed over. The hosted service may list an object twice,
/// under `core/` and under `entities/`; the latter counts, on whichever page it is.
///
/// # Errors
///
/// When one of them is no object's schema. In a file that is also one with a mistake.
///
/// ```
/// # use clarify_schema::read_schemas;
/// let answer = serde_json::json!({ "links": {}, "data": [
///     { "type": "schema", "attributes": {
///         "$id": "https://getclarify.ai/schemas/entities/person",
///         "xClarifyNamespace": "objects",
///         "properties": { "name": { "type": ["string", "null"] } },
///     } },
///     { "type": "schema", "attributes": { "$id": "https://getclarify.ai/schemas/core/user" } },
/// ] });
/// let objects = read_schemas([&answer])?;
/// assert_eq!(objects.len(), 1);
/// assert_eq!(objects[0].name, "person");
/// # Ok::<(), clarify_schema::SchemaError>(())
/// ```
pub fn read_schemas<'v>(
    documents: impl IntoIterator<Item = &'v Value>,
) -> Result<Vec<Object>, SchemaError> {
    preferred(&all(documents)).map(Listed::read).collect()
}

/// The JSON Schemas that [`read_schemas`] reads, as they stand.
pub fn schema_documents<'v>(documents: impl IntoIterator<Item = &'v Value>) -> Vec<&'v Value> {
    preferred(&all(documents)).map(|listed| listed.schema).collect()
}

/// A schema, and who says it.
#[derive(Clone, Copy)]
struct Listed<'v> {
    schema: &'v Value,
    /// Whether it is of a service's answer, and not of a file.
    is_answered: bool,
}

impl Listed<'_> {
    fn read(self) -> Result<Object, SchemaError> {
        if self.is_answered { read_answered(self.schema) } else { read_schema(self.schema) }
    }
}

fn all<'v>(documents: impl IntoIterator<Item = &'v Value>) -> Vec<Listed<'v>> {
    documents.into_iter().flat_map(schemas).collect()
}

fn schemas(document: &Value) -> Vec<Listed<'_>> {
    let filed = |schema| Listed { schema, is_answered: false };
    if let Value::Array(schemas) = document {
        return schemas.iter().map(filed).collect();
    }
    match document.get("data").and_then(Value::as_array) {
        Some(answers) => {
            let schemas = answers.iter().filter_map(|answer| answer.get("attributes"));
            let schemas = schemas.filter(|schema| holds_records(schema));
            schemas.map(|schema| Listed { schema, is_answered: true }).collect()
        }
        None => vec![filed(document)],
    }
}

fn holds_records(schema: &Value) -> bool {
    let is_object = schema.get("xClarifyNamespace").and_then(Value::as_str) == Some("objects");
    let name = id(schema).and_then(|id| id.rsplit('/').next());
    is_object && name.is_some_and(|name| check_object_name(name).is_ok())
}

fn preferred<'v>(schemas: &[Listed<'v>]) -> impl Iterator<Item = Listed<'v>> {
    let has_entity = |name: &str| {
        let mut ids = schemas.iter().filter_map(|listed| id(listed.schema));
        ids.any(|id| id.ends_with(&format!("/entities/{name}")))
    };
    schemas.iter().copied().filter(move |listed| {
        let core = id(listed.schema).and_then(|id| id.rsplit_once("/core/"));
        core.is_none_or(|(_, name)| !has_entity(name))
    })
}

fn id(schema: &Value) -> Option<&str> {
    schema.get("$id")?.as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema(id: &str) -> Value {
        json!({ "$id": id, "xClarifyNamespace": "objects", "properties": {} })
    }

    fn names(documents: &[&Value]) -> Vec<String> {
        let objects = read_schemas(documents.iter().copied()).unwrap();
        objects.iter().map(|object| object.name.to_string()).collect()
    }

    #[test]
    fn all_three_forms_are_read() {
        let one = schema("x/entities/c_a");
        assert_eq!(names(&[&one]), ["c_a"]);
        assert_eq!(names(&[&json!([one, one])]).len(), 2);
        let user = json!({ "$id": "x/core/user" });
        let answer = json!({ "data": [{ "attributes": one }, { "attributes": user }] });
        assert_eq!(names(&[&answer]), ["c_a"]);
    }

    #[test]
    fn entities_count_before_core_also_on_another_page() {
        let page = |ids: &[&str]| {
            let data: Vec<_> = ids.iter().map(|id| json!({ "attributes": schema(id) })).collect();
            json!({ "data": data })
        };
        let first = page(&["x/core/person", "x/core/deal"]);
        let second = page(&["x/entities/person"]);
        assert_eq!(names(&[&first, &second]), ["deal", "person"]);
    }

    #[test]
    fn what_the_service_may_add_is_left_out() {
        let answer = json!({ "data": [{ "attributes": schema("x/entities/invoice") }] });
        assert!(names(&[&answer]).is_empty());
        assert!(
            read_schemas([&schema("x/entities/invoice")]).is_err(),
            "a file says what it means"
        );
    }
}
