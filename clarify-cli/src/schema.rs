//! Files of schemas.

use std::fs;
use std::path::Path;

use clarify_schema::{Object, read_schemas};
use serde_json::Value;

/// The objects of a file: one JSON Schema, a list of them, or an answer to `GET /schemas`.
pub(crate) fn read(path: &Path) -> Result<Vec<Object>, String> {
    let fail = |error: String| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| fail(error.to_string()))?;
    let document: Value = serde_json::from_str(&text).map_err(|error| fail(error.to_string()))?;
    let objects = read_schemas([&document]).map_err(|error| fail(error.to_string()))?;
    if objects.is_empty() {
        return Err(fail("there is no schema of an object in it".to_owned()));
    }
    Ok(objects)
}
