//! The documents that answers are made of.

use serde_json::{Value, json};

use super::records::object_name;
use super::{list, object, or_null, shape, text};
use crate::contract::Terms;

pub(super) fn describe(contract: &Terms) -> Vec<(&'static str, Value)> {
    vec![
        ("Errors", object(&json!({ "errors": error_list() }))),
        ("Error", error()),
        ("Nothing", json!({ "type": "object", "maxProperties": 0 })),
        ("Health", health()),
        ("Document", document()),
        ("RecordDocument", record_document()),
        ("ResourceDocument", resource_document()),
        ("BulkDocument", page(&shape("Record"), false, contract)),
        ("RecordPage", page(&shape("Record"), true, contract)),
        ("DeletedPage", page(&shape("DeletedRecord"), true, contract)),
        ("PageLinks", links(&["next", "prev"], contract)),
        ("PageMeta", page_meta()),
        ("SchemaPage", schema_page(contract)),
        ("SchemaDocument", object(&json!({ "data": shape("SchemaResource") }))),
        ("SchemaResource", schema_resource()),
        ("Task", task()),
        ("TaskDocument", object(&json!({ "data": shape("Task") }))),
        ("ValidationDocument", validation_document()),
    ]
}

/// What a write waits for is there where records are in a file.
fn health() -> Value {
    json!({
        "type": "object",
        "required": ["status"],
        "properties": {
            "status": { "const": "ok" },
            "synchronous": { "enum": ["full", "normal"] },
        },
    })
}

fn error_list() -> Value {
    super::some(&shape("Error"), None)
}

/// `source` is there where an error is about one place of the body; `title` where that is why it is
/// wrong.
fn error() -> Value {
    let source = object(&json!({ "pointer": text() }));
    json!({
        "type": "object",
        "required": ["status", "detail"],
        "properties": {
            "status": { "type": "string", "pattern": "^[45][0-9]{2}$" },
            "title": text(),
            "detail": text(),
            "source": source,
        },
    })
}

fn document() -> Value {
    let members = json!({ "openapi": text(), "info": {}, "paths": {}, "components": {} });
    object(&members)
}

fn record_document() -> Value {
    json!({
        "type": "object",
        "required": ["data"],
        "properties": { "data": shape("Record"), "included": list(&shape("Record")) },
    })
}

fn resource_document() -> Value {
    object(&json!({
        "data": shape("Record"),
        "included": list(&shape("Record")),
        "meta": { "type": "object" },
    }))
}

/// A page of these. What a bulk write answers is one, too, but for what is included.
fn page(data: &Value, includes: bool, contract: &Terms) -> Value {
    let page = object(&json!({
        "links": shape("PageLinks"),
        "meta": shape("PageMeta"),
        "data": list(data),
    }));
    if !includes {
        return page;
    }
    let included = json!({ "included": list(&shape("Record")) });
    let included = if contract.pages_show_included {
        object(&included)
    } else {
        json!({ "type": "object", "properties": included })
    };
    json!({ "allOf": [page, included] })
}

/// Links to other pages, of which some are not there.
fn links(names: &[&str], contract: &Terms) -> Value {
    let link = if contract.absent_links { text() } else { or_null(&text()) };
    let members = names.iter().map(|name| ((*name).to_owned(), link.clone())).collect();
    match Value::Object(members) {
        members if contract.absent_links => json!({ "type": "object", "properties": members }),
        members => object(&members),
    }
}

fn page_meta() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    object(&json!({
        "total_records": count, "total_pages": count, "offset": count, "limit": count,
    }))
}

fn schema_page(contract: &Terms) -> Value {
    let links = links(&["next"], contract);
    object(&json!({ "links": links, "data": list(&shape("SchemaResource")) }))
}

fn schema_resource() -> Value {
    object(&json!({
        "type": { "const": "schema" },
        "id": text(),
        "attributes": {
            "allOf": [shape("Schema"), object(&json!({ "$schema": text(), "title": text() }))],
        },
    }))
}

/// It is done before it is answered.
fn task() -> Value {
    let (time, none) =
        (json!({ "type": "string", "format": "date-time" }), json!({ "type": "null" }));
    let uuid = json!({ "type": "string", "format": "uuid" });
    let count = json!({ "type": "integer" });
    let attributes = object(&json!({
        "_id": uuid, "user_id": uuid, "type": text(),
        "progress": count, "total": count,
        "metadata": object(&json!({ "entity": object_name() })),
        "queued_at": time, "started_at": time, "completed_at": time,
        "failed_at": none, "error_code": none,
        "_created_at": time, "_updated_at": time,
    }));
    object(&json!({ "type": { "const": "async-task" }, "id": uuid, "attributes": attributes }))
}

fn validation_document() -> Value {
    let result = object(&json!({
        "type": { "const": "schema-validation-result" },
        "id": text(),
        "attributes": object(&json!({ "isValid": { "const": true } })),
    }));
    object(&json!({ "data": list(&result) }))
}
