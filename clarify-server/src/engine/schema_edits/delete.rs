//! Custom objects that are deleted.

use std::sync::Arc;

use super::{links, task};
use crate::engine::edit::Edit;
use crate::engine::{Engine, Fault, Refusal, Served};

impl Engine {
    /// Deletes a custom object with its records, and the fields of other objects that link to it.
    pub(crate) async fn delete_object(&self, served: Arc<Served>) -> Result<String, Refusal> {
        let name = served.object.name.to_string();
        if !served.object.is_custom() {
            return Err(Fault::new(422, "Cannot delete this object").into());
        }
        self.edit(move |edit| delete(edit, &served)).await?;
        Ok(task(&name, self.store.clock().now()))
    }
}

fn delete(edit: &mut Edit<'_, '_>, served: &Served) -> Result<(), Refusal> {
    let known = edit.object(served)?;
    let name = &*known.object.name;
    edit.remove(&known)?;
    for other in edit.objects() {
        let links_here = |field: &clarify_schema::Field| {
            links::is_link(field) && field.target.as_deref() == Some(name)
        };
        links::remove(edit, &other.object.name, links_here, &|_| String::new())?;
    }
    Ok(())
}
