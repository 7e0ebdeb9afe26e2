//! The OpenAPI document of the contract that the service speaks. It holds for every workspace: what
//! one has beyond the built-in objects is in its `GET /schemas`.
//!
//! It is put together by hand, as answers are: there are no types of bodies that a crate could derive
//! it from. What the contract, the engine and the model of objects know is taken from there.

mod answers;
mod operation;
mod parameters;
mod paths;
mod records;
mod relationships;
mod schemas;
mod service;
mod shapes;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use self::paths::Paths;
use super::App;
use super::document::Answer;
use crate::contract::Terms;

pub(super) const PATH: &str = "/openapi.json";

const SECURITY: &str = "apiKey";

const ABOUT: &str = "Typed records in workspaces. A `GET` can be asked for as `HEAD`, too; a verb \
    that a path does not take is 405 and names in `Allow` those that it takes. Parameters and \
    members that are not known are passed over. A workspace may have objects, fields and options \
    beyond those described here: its `GET /schemas` has them.";

/// Needs no key: it says nothing of what the service keeps.
pub(super) async fn show(State(app): State<Arc<App>>) -> Answer {
    let make = || document(app.contract.terms(), app.public_url.as_deref()).to_string();
    Answer::json(StatusCode::OK, app.openapi.get_or_init(make).clone())
}

/// The document. Paths begin with the service's public URL where it has one, else where the document
/// is.
fn document(contract: &Terms, public_url: Option<&str>) -> Value {
    let mut paths = Paths::default();
    service::describe(&mut paths);
    records::describe(&mut paths, contract);
    relationships::describe(&mut paths);
    schemas::describe(&mut paths);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Clarify",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": public_url.unwrap_or("/") }],
        "security": [{ SECURITY: [] }],
        "tags": tags(),
        "paths": Value::from(paths),
        "components": {
            "securitySchemes": { SECURITY: security() },
            "parameters": parameters::all(contract),
            "headers": answers::headers(),
            "responses": answers::refusals(),
            "schemas": shapes::all(contract),
        },
    })
}

fn security() -> Value {
    json!({
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Authorization: api-key <key>`. `Bearer` opens nothing.",
    })
}

fn tags() -> Value {
    json!([
        { "name": records::TAG, "description": "What the objects of a workspace hold." },
        { "name": relationships::TAG, "description": "The links between records." },
        { "name": schemas::TAG, "description": "The objects of a workspace and their fields." },
        { "name": service::TAG, "description": "The service itself. Nothing here needs a key." },
    ])
}
