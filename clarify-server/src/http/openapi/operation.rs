//! What one verb does on one path.

use serde_json::{Map, Value, json};

use super::answers;
use super::shapes::shape;

/// An operation, as the document describes it.
pub(super) struct Operation {
    members: Map<String, Value>,
    parameters: Vec<Value>,
    answers: Map<String, Value>,
}

impl Operation {
    /// An operation that needs no key, unless it is [`within_workspace`](Self::within_workspace).
    pub(super) fn new(tag: &str, id: &str, summary: &str) -> Self {
        let members = [
            ("operationId", json!(id)),
            ("summary", json!(summary)),
            ("tags", json!([tag])),
            ("security", json!([])),
        ];
        let members = members.map(|(name, value)| (name.to_owned(), value));
        let operation =
            Self { members: Map::from_iter(members), parameters: Vec::new(), answers: Map::new() };
        operation.refuses(&[400, 408, 414, 431, 500])
    }

    /// What every operation of a workspace has in common.
    pub(super) fn within_workspace(mut self) -> Self {
        self.members.remove("security");
        self.parameters.insert(0, parameter("workspace"));
        self.refuses(&[401, 404, 429, 503])
    }

    /// Takes parameters, by their names among the components.
    pub(super) fn takes(mut self, names: &[&str]) -> Self {
        self.parameters.extend(names.iter().map(|name| parameter(name)));
        self
    }

    /// Writes, and so can come too late or ask for what can't be.
    pub(super) fn writes(self) -> Self {
        self.takes(&["silent"]).refuses(&[409, 422])
    }

    /// Writes what a body of this shape says.
    pub(super) fn writes_body(self, name: &str) -> Self {
        let body = json!({
            "required": true,
            "content": { "application/json": { "schema": shape(name) } },
        });
        self.with("requestBody", body).writes().refuses(&[413])
    }

    pub(super) fn about(self, description: &str) -> Self {
        self.with("description", json!(description))
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.members.insert(name.to_owned(), value);
        self
    }

    pub(super) fn answers(mut self, status: u16, answer: Value) -> Self {
        self.answers.insert(status.to_string(), answer);
        self
    }

    /// Is refused with these statuses and the error document.
    pub(super) fn refuses(self, statuses: &[u16]) -> Self {
        statuses
            .iter()
            .fold(self, |operation, status| operation.answers(*status, answers::refusal(*status)))
    }
}

fn parameter(name: &str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{name}") })
}

impl From<Operation> for Value {
    fn from(operation: Operation) -> Self {
        let Operation { mut members, parameters, answers } = operation;
        if !parameters.is_empty() {
            members.insert("parameters".to_owned(), parameters.into());
        }
        members.insert("responses".to_owned(), answers.into());
        members.into()
    }
}
