//! Files of schemas.

use std::fs;
use std::path::Path;

use clarify_schema::{Object, read_schema};
use serde_json::Value;

/// The objects of a file: one JSON Schema, a list of them, or an answer to `GET /schemas`.
pub(crate) fn read(path: &Path) -> Result<Vec<Object>, String> {
    let fail = |error: String| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| fail(error.to_string()))?;
    let document = serde_json::from_str(&text).map_err(|error| fail(error.to_string()))?;
    let schemas = schemas(&document);
    if schemas.is_empty() {
        return Err(fail("there is no schema of an object in it".to_owned()));
    }
    schemas.into_iter().map(|schema| read_schema(schema).map_err(|e| fail(e.to_string()))).collect()
}

fn schemas(document: &Value) -> Vec<&Value> {
    if let Value::Array(schemas) = document {
        return schemas.iter().collect();
    }
    match document.get("data").and_then(Value::as_array) {
        Some(answers) => {
            let answers = answers.iter().filter_map(|answer| answer.get("attributes"));
            preferred(answers.filter(|schema| holds_records(schema)).collect())
        }
        None => vec![document],
    }
}

/// An answer also describes users and other things that are no records.
fn holds_records(schema: &Value) -> bool {
    schema.get("xClarifyNamespace").and_then(Value::as_str) == Some("objects")
}

/// The hosted service may list an object twice, under `core/` and `entities/`; the latter counts.
fn preferred(schemas: Vec<&Value>) -> Vec<&Value> {
    let has_entity = |name: &str| {
        let ids = schemas.iter().filter_map(|schema| id(schema));
        ids.into_iter().any(|id| id.ends_with(&format!("/entities/{name}")))
    };
    let counts = |schema: &&&Value| match id(schema).and_then(|id| id.rsplit_once("/core/")) {
        Some((_, name)) => !has_entity(name),
        None => true,
    };
    schemas.iter().filter(counts).copied().collect()
}

fn id(schema: &Value) -> Option<&str> {
    schema.get("$id")?.as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn names(document: &Value) -> Vec<&str> {
        schemas(document).into_iter().filter_map(id).collect()
    }

    #[test]
    fn all_three_forms_are_read() {
        let one = json!({ "$id": "x/entities/c_a" });
        assert_eq!(names(&one), ["x/entities/c_a"]);
        assert_eq!(names(&json!([one, one])).len(), 2);
        let schema = json!({ "$id": "x/entities/c_a", "xClarifyNamespace": "objects" });
        let user = json!({ "$id": "x/core/user" });
        let answer = json!({ "data": [{ "attributes": schema }, { "attributes": user }] });
        assert_eq!(names(&answer), ["x/entities/c_a"]);
    }

    #[test]
    fn entities_count_before_core() {
        let schema =
            |id: &str| json!({ "attributes": { "$id": id, "xClarifyNamespace": "objects" } });
        let answer = json!({ "data": [
            schema("x/core/person"), schema("x/entities/person"), schema("x/core/deal"),
        ] });
        assert_eq!(names(&answer), ["x/entities/person", "x/core/deal"]);
    }
}
