//! What the dialect knows of the workspace's objects.

use std::collections::HashMap;

use clarify_schema::{BUILT_INS, Field, Kind, Object};

/// The objects by name: the built-in ones, and what a test has registered.
#[derive(Debug, Default)]
pub(super) struct Objects(HashMap<String, Object>);

impl Objects {
    pub(super) fn new(registered: &[Object]) -> Self {
        let mut objects = Self::default();
        for object in BUILT_INS.into_iter().chain(registered) {
            objects.add(object);
        }
        objects
    }

    /// A field that is there keeps its kind, as it does at the service.
    fn add(&mut self, object: &Object) {
        let known = self.0.entry(object.name.to_string()).or_insert_with(|| object.clone());
        for field in &*object.fields {
            if known.field(&field.name).is_none() {
                known.fields.to_mut().push(field.clone());
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Object> {
        self.0.get(name)
    }

    /// The object whose ids a field holds. Users have ids too, but are no records.
    pub(super) fn linked(&self, field: &Field) -> Option<&Object> {
        match field.kind {
            Kind::ToOne => self.get(field.target.as_deref()?),
            _ => None,
        }
    }
}
