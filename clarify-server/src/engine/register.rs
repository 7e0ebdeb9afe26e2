//! Objects that a program brings along: those that every workspace has, and what is registered.

use clarify_schema::{BUILT_INS, Field, Object, check_object_name};

use super::edit::Edit;
use super::{Engine, Fault, Refusal};
use crate::Error;

impl Engine {
    /// Serves what is kept, and adds the built-in objects and fields that are not there yet.
    pub(super) fn load(&self) -> Result<(), Error> {
        self.edit_blocking(|edit| BUILT_INS.iter().try_for_each(|object| register(edit, object)))
    }

    /// Adds an object, or the fields that a known one does not have yet.
    pub(crate) fn register(&self, object: &Object) -> Result<(), Error> {
        let added = object.clone();
        self.edit_blocking(move |edit| register(edit, &added))
    }
}

fn register(edit: &mut Edit<'_, '_>, object: &Object) -> Result<(), Error> {
    put(edit, object).map_err(|refusal| {
        let lines: Vec<_> = refusal.faults.iter().map(Fault::line).collect();
        let detail = format!("object `{}`: {}", object.name, lines.join("; "));
        if refusal.status() < 500 { Error::Schema(detail) } else { Error::Data(detail) }
    })
}

fn put(edit: &mut Edit<'_, '_>, object: &Object) -> Result<(), Refusal> {
    check_object_name(&object.name).map_err(|error| Fault::new(422, error.to_string()))?;
    let merged = match edit.find(&object.name) {
        Some(known) => merge(&known.object, object)?,
        None => labelled(object.clone()),
    };
    edit.put(merged, &|_| String::new())
}

/// What an object's records are called is in its name, where nobody has said it.
pub(super) fn labelled(mut object: Object) -> Object {
    let (singular, plural) = object.called();
    (object.singular, object.plural) = (Some(singular), Some(plural));
    object
}

/// The object that is known, with the fields and options that `added` has beyond it.
fn merge(known: &Object, added: &Object) -> Result<Object, Fault> {
    check_unique(known, added)?;
    let mut merged = known.clone();
    for field in added.fields.iter() {
        match merged.fields.to_mut().iter_mut().find(|other| other.name == field.name) {
            Some(known_field) => merge_field(known_field, field)?,
            None => merged.fields.to_mut().push(optional(field.clone())),
        }
    }
    Ok(merged)
}

/// A field that is added later: records that are there do not have it.
fn optional(mut field: Field) -> Field {
    field.required = false;
    field
}

/// An object that names no unique field says nothing about it.
fn check_unique(known: &Object, added: &Object) -> Result<(), Fault> {
    match (known.unique_field(), added.unique_field()) {
        (Some(known), Some(added)) if known.name != added.name => {
            let detail = format!("its unique field is `{}`, not `{}`", known.name, added.name);
            Err(Fault::new(422, detail))
        }
        _ => Ok(()),
    }
}

fn merge_field(known: &mut Field, added: &Field) -> Result<(), Fault> {
    if !known.kind.looks_like(added.kind) {
        let (name, is, not) = (&known.name, known.kind.name(), added.kind.name());
        return Err(Fault::new(422, format!("field `{name}` is a {is}, not a {not}")));
    }
    known.unique |= added.unique;
    // A select without options takes any text, and goes on doing so.
    if !known.options.is_empty() {
        let new = added.options.iter().filter(|option| !known.has_option(option));
        let new: Vec<_> = new.cloned().collect();
        known.options.to_mut().extend(new);
    }
    Ok(())
}
