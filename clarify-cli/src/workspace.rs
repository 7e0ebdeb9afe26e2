//! The objects of a workspace, by their names.

use clarify_core::blocking::Wait as _;
use clarify_core::{Client, RawAttributes, Records};
use clarify_schema::{Object, nearest};

use crate::failure::Failure;

/// The object of this name, as the workspace's schema has it.
pub(crate) fn object(client: &Client, name: &str) -> Result<Object, Failure> {
    object_of(&client.schemas().wait()?, name).cloned()
}

/// The object of this name among all.
pub(crate) fn object_of<'o>(objects: &'o [Object], name: &str) -> Result<&'o Object, Failure> {
    let object = objects.iter().find(|object| object.name == name);
    object.ok_or_else(|| unknown_object(objects, name))
}

/// What is wrong with an object's name, and which was meant.
pub(crate) fn unknown_object(objects: &[Object], name: &str) -> Failure {
    let hint = match nearest(name, objects.iter().map(|object| &*object.name)) {
        Some(known) => format!("there is `{known}`; `clarify objects` lists all"),
        None => "`clarify objects` lists those that there are".to_owned(),
    };
    Failure::new(format!("there is no object `{name}` in the workspace")).hint(hint)
}

/// The records of the object of this name, of which nothing more need be known.
pub(crate) fn records(client: &Client, name: &str) -> Result<Records<RawAttributes>, Failure> {
    let records = client.dynamic(name).map_err(|error| {
        Failure::from(error).hint("`clarify objects` lists the objects of the workspace")
    });
    Ok(records?.raw())
}

/// What is wrong with a field's name, and which was meant.
pub(crate) fn unknown_field(object: &Object, name: &str) -> Failure {
    let failure = Failure::usage(format!("`{}` has no field `{name}`", object.name));
    match object.nearest_field_name(name) {
        Some(known) => failure.hint(format!("there is `{known}`")),
        None => failure.hint(format!("`clarify objects {}` lists its fields", object.name)),
    }
}
