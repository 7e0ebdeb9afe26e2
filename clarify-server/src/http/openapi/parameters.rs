//! The parameters of paths and queries.

use clarify_schema::{Operator, built_in};
use serde_json::{Map, Value, json};

use super::shapes::object_pattern;
use crate::contract::Terms;
use crate::engine::limits;

/// The parameters of every list of records, by their names among the components.
pub(super) const LIST: [&str; 7] =
    ["filter", "sortColumn", "sortDirection", "limit", "offset", "include", "fields"];

/// The parameters of a list that can't be searched.
pub(super) const PAGE: [&str; 3] = ["limit", "offset", "fields"];

/// The parameters of the read of one record.
pub(super) const READ: [&str; 2] = ["include", "fields"];

/// The components of all parameters.
pub(super) fn all(contract: &Terms) -> Value {
    let mut all = Map::new();
    for (name, parameter) in in_paths().into_iter().chain(in_queries(contract)) {
        all.insert(name.to_owned(), parameter);
    }
    all.into()
}

fn in_paths() -> [(&'static str, Value); 5] {
    let text = json!({ "type": "string", "minLength": 1 });
    let slug = json!({ "type": "string", "pattern": "^[A-Za-z0-9._-]+$" });
    let object = json!({
        "type": "string",
        "pattern": object_pattern(),
        "examples": ["person", "c_sales_order"],
    });
    [
        ("workspace", in_path("workspace", "The workspace's name.", &slug)),
        ("object", in_path("object", "The object's name.", &object)),
        ("id", in_path("id", "The record's id, which is opaque.", &text)),
        ("relationship", in_path("relationship", "The relationship's name.", &text)),
        ("field", in_path("field", "The name of the relationship's field.", &text)),
    ]
}

fn in_path(name: &str, description: &str, schema: &Value) -> Value {
    json!({
        "name": name, "in": "path", "required": true, "description": description, "schema": schema,
    })
}

fn in_queries(contract: &Terms) -> Vec<(&'static str, Value)> {
    let limit = |most: u64, usual: u64| {
        let schema = json!({ "type": "integer", "minimum": 1, "maximum": most, "default": usual });
        in_query("page[limit]", "How many entries a page has.", &schema)
    };
    let offset = json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX, "default": 0 });
    vec![
        ("filter", filter()),
        ("sortColumn", in_query("sortOrder[column]", "The field to sort by.", &field_name())),
        ("sortDirection", direction()),
        ("limit", limit(contract.page_max, contract.page_default)),
        ("offset", in_query("page[offset]", "How many entries come before the page.", &offset)),
        ("include", include(contract)),
        ("fields", fields()),
        ("silent", silent()),
        ("schemasLimit", limit(limits::SCHEMAS, limits::SCHEMAS)),
        ("cursor", in_query("page[cursor]", "From `links.next` of the page before.", &text())),
    ]
}

fn in_query(name: &str, description: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

/// A parameter whose keys stand in brackets behind its name.
fn with_keys(name: &str, description: &str, schema: &Value) -> Value {
    json!({
        "name": name,
        "in": "query",
        "description": description,
        "style": "deepObject",
        "explode": true,
        "schema": schema,
    })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn field_name() -> Value {
    json!({ "type": "string", "examples": ["_created_at"] })
}

fn direction() -> Value {
    let schema = json!({ "type": "string", "enum": ["ASC", "DESC"], "default": "ASC" });
    in_query("sortOrder[dir]", "Which way to sort. Needs `sortOrder[column]`.", &schema)
}

/// OpenAPI leaves open what `deepObject` makes of nested ones, so operators are described in words.
fn filter() -> Value {
    let operators: Vec<_> = Operator::ALL.iter().map(|o| format!("`{}`", o.as_str())).collect();
    let description = format!(
        "`filter[field]=value` or `filter[field][operator]=value`, with the operators of the \
         field's kind: {}. All must be met. A field of a linked record is `company_id.name`.",
        operators.join(", ")
    );
    let schema = json!({
        "type": "object",
        "propertyNames": { "pattern": "^[^\\[\\]]+$" },
        "additionalProperties": text(),
        "maxProperties": limits::FILTERS,
    });
    with_keys("filter", &description, &schema)
}

fn include(contract: &Terms) -> Value {
    let plural = built_in("company").and_then(|company| company.plural.as_deref());
    let plural = plural.filter(|_| contract.includes_by_plural).map(str::to_lowercase);
    let plural = plural.map(|name| format!(", `{name}`")).unwrap_or_default();
    let description = format!(
        "Which related records to show beside: up to {} paths divided by commas, each through up to \
         {} relationships, such as `company_id`{plural} or `company_id.people`.",
        limits::INCLUDES,
        limits::INCLUDE_DEPTH,
    );
    in_query("include", &description, &text())
}

fn fields() -> Value {
    let schema = json!({
        "type": "object",
        "propertyNames": { "pattern": object_pattern() },
        "additionalProperties": text(),
    });
    let description = "Which attributes to show, by object: `fields[person]=name,title`.";
    with_keys("fields", description, &schema)
}

fn silent() -> Value {
    let description = "Whether to tell nobody of the write. There is nobody to tell.";
    in_query("silent", description, &json!({ "type": "boolean", "default": false }))
}
