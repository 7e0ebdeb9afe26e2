//! A whole schema, in the place of the one that an object has.

use std::sync::Arc;

use clarify_schema::Object;

use super::document::{below, members, read, read_object};
use super::{links, task};
use crate::engine::edit::Edit;
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
        let name = served.object.name.to_string();
        if object.name != name {
            let detail = format!("`{}` is not `{name}`, the object in the path", object.name);
            return Err(Fault::invalid("/$id", detail).into());
        }
        self.edit(move |edit| replace(edit, &served, object)).await?;
        Ok(task(&name, self.store.clock().now()))
    }
}

fn replace(edit: &mut Edit<'_, '_>, served: &Served, mut object: Object) -> Result<(), Refusal> {
    let known = edit.object(served)?;
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
