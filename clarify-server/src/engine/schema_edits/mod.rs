//! Changes of schemas, as requests ask for them.

mod create;
mod delete;
mod document;
mod fields;
mod links;
mod options;
mod relationships;
mod replace;

pub(crate) use create::{LONGEST_DESCRIPTION, LONGEST_NAME};
use serde_json::json;

use super::time::Times;
use super::{ids, render};

/// The task that a change of this moment is shown as. It is done before it is answered, so there is
/// nothing to wait for.
fn task(object: &str, moment: i64) -> String {
    let id = ids::task();
    let mut now = String::new();
    Times::new(3).push(&mut now, moment);
    let task = json!({
        "type": "async-task",
        "id": id,
        "attributes": {
            "_id": id,
            "user_id": render::USER,
            "type": "schema_modification",
            "progress": 1,
            "total": 1,
            "metadata": { "entity": object },
            "queued_at": now,
            "started_at": now,
            "completed_at": now,
            "failed_at": null,
            "error_code": null,
            "_created_at": now,
            "_updated_at": now,
        },
    });
    task.to_string()
}
