//! Relationships, as fields of the two objects that they relate.

use std::sync::Arc;

use clarify_schema::{Field, Kind, Object};

use crate::engine::edit::{Edit, Place};
use crate::engine::{Fault, Refusal, Served};

/// What links to users may name, though users are no object of a workspace.
const USER: &str = "user";

/// A relationship has two sides, which are added and removed together. So a schema that is written
/// for one object may bring a plain link to one record, and changes no relationship that is there.
pub(super) fn check(
    edit: &Edit<'_, '_>,
    before: Option<&Object>,
    after: &Object,
    at: Place<'_>,
) -> Result<(), Refusal> {
    let fault = |field: &Field| {
        let known = before.and_then(|before| before.field(&field.name));
        let is_link = is_link(field) || known.is_some_and(is_link);
        if !is_link || known.is_some_and(|known| relationship(known) == relationship(field)) {
            return None;
        }
        let place = format!("{}/xClarifyRelationship", at(&field.name));
        Some(Fault::invalid(place, not_allowed(edit, after, known, field)?))
    };
    let faults: Vec<_> = after.fields.iter().filter_map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

fn not_allowed(
    edit: &Edit<'_, '_>,
    object: &Object,
    known: Option<&Field>,
    field: &Field,
) -> Option<String> {
    let name = &field.name;
    if known.is_some() {
        return Some(format!("what `{name}` links to can't be changed: remove it and add another"));
    }
    if field.kind != Kind::ToOne || field.inverse.is_some() {
        let path = format!("/schemas/{}/relationships", object.name);
        return Some(format!("`{name}` is one side of two: `POST {path}` adds both"));
    }
    match field.target.as_deref() {
        None => Some(format!("`{name}` names no object in `entity`")),
        Some(target) if target == USER || target == object.name => None,
        Some(target) if edit.find(target).is_some() => None,
        Some(target) => Some(format!("there is no object `{target}` in this workspace")),
    }
}

pub(super) const fn is_link(field: &Field) -> bool {
    matches!(field.kind, Kind::ToOne | Kind::ToMany)
}

type Relationship<'f> = (Kind, Option<&'f str>, Option<&'f str>, bool);

fn relationship(field: &Field) -> Relationship<'_> {
    (field.kind, field.target.as_deref(), field.inverse.as_deref(), field.many_to_many)
}

/// The field that shows a field's links from the other side, and its object.
pub(super) fn other_side(
    edit: &Edit<'_, '_>,
    object: &Object,
    field: &Field,
) -> Option<(Arc<Served>, String)> {
    let other = edit.find(field.target.as_deref()?)?;
    let side = other.object.field(field.inverse.as_deref()?)?;
    let is_mutual = side.target.as_deref() == Some(&*object.name)
        && side.inverse.as_deref() == Some(&*field.name);
    let name = side.name.to_string();
    is_mutual.then_some((other, name))
}

/// Removes fields of an object, and the values that records have of them.
pub(super) fn remove(
    edit: &mut Edit<'_, '_>,
    object: &str,
    is_removed: impl Fn(&Field) -> bool,
    at: Place<'_>,
) -> Result<(), Refusal> {
    let Some(known) = edit.find(object) else { return Ok(()) };
    let mut object = known.object.clone();
    object.fields.to_mut().retain(|field| !is_removed(field));
    edit.put(object, at)
}
