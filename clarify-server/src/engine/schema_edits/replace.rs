//! A whole schema, in the place of the one that an object has.

use std::sync::Arc;

use clarify_schema::Object;

use super::document::{below, members, read, read_object, unknown};
use super::{links, task};
use crate::engine::edit::Edit;
use crate::engine::register::labelled;
use crate::engine::{Engine, Fault, Refusal, Served};

impl Engine {
    /// Replaces the schema of an object. Fields and options that it leaves out go, with the values
    /// that records have of them and the other sides of relationships.
    pub(crate) async fn replace_schema(
        &self,
        served: Arc<Served>,
        body: &[u8],
    ) -> Result<String, Refusal> {
        let properties = members(body, &["properties"]).unwrap_or_default();
        let object = read_object(&read(body)?, &properties)?;
        let unknown = unknown(&properties, "/properties");
        if !unknown.is_empty() {
            return Err(unknown.into());
        }
        let name = served.object.name.to_string();
        if object.name != name {
            let detail = format!("`{}` is not `{name}`, the object in the path", object.name);
            return Err(Fault::invalid("/$id", detail).into());
        }
        self.edit(move |edit| replace(edit, &served, object)).await?;
        Ok(task(&name, self.store.clock().now()))
    }
}

/// What the records of a built-in object are called is the same in every workspace.
fn with_labels(mut object: Object, known: &Object) -> Object {
    if !object.is_custom() {
        object.singular = object.singular.or_else(|| known.singular.clone());
        object.plural = object.plural.or_else(|| known.plural.clone());
    }
    labelled(object)
}

fn replace(edit: &mut Edit<'_, '_>, served: &Served, object: Object) -> Result<(), Refusal> {
    let known = edit.object(served)?;
    let mut object = with_labels(object, &known.object);
    let at = |field: &str| below("/properties", field);
    links::check(edit, Some(&known.object), &object, &at)?;
    let gone = known.object.fields.iter().filter(|field| object.field(&field.name).is_none());
    let sides: Vec<_> =
        gone.filter_map(|field| links::other_side(edit, &known.object, field)).collect();
    for (other, side) in &sides {
        if other.key == known.key {
            object.fields.to_mut().retain(|field| field.name != *side);
        } else {
            let is_side = |field: &clarify_schema::Field| field.name == *side;
            links::remove(edit, &other.object.name, is_side, &|_| "/properties".to_owned())?;
        }
    }
    edit.put(object, &at)
}
