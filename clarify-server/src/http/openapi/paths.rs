//! The paths of the document.

use indexmap::IndexMap;
use serde_json::Value;

use super::operation::Operation;
use crate::http::routes::WORKSPACE;

/// The operations by path and verb.
#[derive(Default)]
pub(super) struct Paths(IndexMap<String, IndexMap<&'static str, Value>>);

impl Paths {
    pub(super) fn add(&mut self, verb: &'static str, path: impl Into<String>, does: Operation) {
        self.0.entry(path.into()).or_default().insert(verb, does.into());
    }

    /// An operation in a workspace; its path is below the workspace's.
    pub(super) fn add_within(&mut self, verb: &'static str, path: &str, does: Operation) {
        self.add(verb, format!("{WORKSPACE}{path}"), does.within_workspace());
    }
}

impl From<Paths> for Value {
    fn from(paths: Paths) -> Self {
        let path = |(path, verbs): (String, IndexMap<&str, Self>)| {
            let verbs = verbs.into_iter().map(|(verb, does)| (verb.to_owned(), does));
            (path, Self::Object(verbs.collect()))
        };
        Self::Object(paths.0.into_iter().map(path).collect())
    }
}
