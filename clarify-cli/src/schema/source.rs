//! Where objects are read from.

use std::fs;
use std::path::Path;

use clarify_core::blocking::Wait as _;
use clarify_schema::{Object, SNAPSHOT_INDEX, read_schemas, read_snapshot};
use serde_json::Value;

use super::folder::Folder;
use crate::connection;
use crate::failure::Failure;

/// What stands for the live workspace where a path may stand.
pub(super) const WORKSPACE: &str = "workspace";

/// The objects of a path, or of the workspace.
pub(super) fn objects(
    source: &str,
    connection: &connection::Arguments,
) -> Result<Vec<Object>, Failure> {
    match source {
        WORKSPACE => workspace(connection),
        path => read(Path::new(path)),
    }
}

/// The objects of the live workspace.
pub(super) fn workspace(connection: &connection::Arguments) -> Result<Vec<Object>, Failure> {
    Ok(connection.client()?.schemas().wait()?)
}

/// The objects of a path: the folder of a snapshot, or a file with one JSON Schema, a list of them, or
/// an answer to `GET /schemas`.
pub(crate) fn read(path: &Path) -> Result<Vec<Object>, Failure> {
    let objects = match path {
        path if path.is_dir() => Folder::at(path).read()?.objects,
        path if path.ends_with(SNAPSHOT_INDEX) => {
            let folder = path.parent().unwrap_or(Path::new("."));
            Folder::at(folder).read()?.objects
        }
        path => read_file(path)?,
    };
    match objects.is_empty() {
        true => Err(Failure::file(path, "there is no schema of an object in it")),
        false => Ok(objects),
    }
}

fn read_file(path: &Path) -> Result<Vec<Object>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::file(path, error))?;
    let document: Value =
        serde_json::from_str(&text).map_err(|error| Failure::file(path, error))?;
    // The fields of a single object stay in the order in which they stand.
    let is_single = document.is_object() && !document.get("data").is_some_and(Value::is_array);
    let objects = match is_single {
        true => read_snapshot(&text).map(|object| vec![object]),
        false => read_schemas([&document]),
    };
    objects.map_err(|error| Failure::file(path, error))
}
