//! The struct held against the workspace's object: what can be seen without knowing its types. The
//! rest is left to the compiler, by what `emit::checks` writes.

use clarify_schema::{Field, Kind, Object, check_field_name};

use crate::errors::Errors;
use crate::input::{FieldInput, Role};
use crate::model::{Column, ObjectModel, name_span, wire_name};
use crate::snapshot::Snapshot;

pub(crate) fn check(model: &ObjectModel<'_>, snapshot: &Snapshot, errors: &mut Errors) {
    let Some(object) = &snapshot.object else { return };
    // What can't be a field's name has been reported.
    for column in model.columns.iter().filter(|column| check_field_name(&column.name).is_ok()) {
        let Some(input) = model.input.fields.get(column.place) else { continue };
        match object.field(&column.name) {
            Some(field) => check_field(column, input, field, object, errors),
            None => report_unknown(column, input, object, &snapshot.mended_by, errors),
        }
    }
    check_required(model, snapshot, object, errors);
}

fn report_unknown(
    column: &Column,
    input: &FieldInput<'_>,
    object: &Object,
    mended_by: &str,
    errors: &mut Errors,
) {
    let like = object.field_like(&column.name).map(|field| &*field.name);
    let help = match like.or_else(|| object.nearest_field_name(&column.name)) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("`clarify schema push` adds it; if it is there by now, `{mended_by}`"),
    };
    let what = format!("the workspace's `{}` has no field `{}`", object.name, column.name);
    errors.add(name_span(input), what, &help);
}

fn check_field(
    column: &Column,
    input: &FieldInput<'_>,
    field: &Field,
    object: &Object,
    errors: &mut Errors,
) {
    let name = &column.name;
    // Of a built-in's own to-many links the compiler is told.
    if field.kind == Kind::ToMany && column.kind != Some(Kind::ToMany) {
        let what = format!("the workspace's `{name}` is a to-many link, which no record has in it");
        errors.add(name_span(input), what, "leave the field out of the struct");
        return;
    }
    if let Some((kind, span)) = input.kind
        && column.kind == Some(kind)
        && field.kind != Kind::Other
        && !kind.is_known_as(field.kind)
    {
        let theirs = field.kind.name();
        let what = format!("the workspace's `{name}` is of the kind `{theirs}`");
        errors.add(span, what, &format!("write `kind = \"{theirs}\"`, or leave `kind` out"));
    }
    if field.read_only && !column.read_only {
        let what = format!("the workspace's `{name}` is written by the service alone");
        errors.add(name_span(input), what, "mark it `#[clarify(read_only)]`");
    }
    if column.unique && !field.unique {
        let what = format!("the workspace's `{name}` is not unique");
        let help = match object.unique_field() {
            Some(unique) => format!("upserts match on `{}` there", unique.name),
            None => "upserts match on nothing there: leave `unique` out, and create".to_owned(),
        };
        errors.add(input.unique.unwrap_or_else(|| name_span(input)), what, &help);
    }
}

/// The fields that a record must have, and no record of the struct would. One that takes all fields
/// that it does not name may have them.
fn check_required(
    model: &ObjectModel<'_>,
    snapshot: &Snapshot,
    object: &Object,
    errors: &mut Errors,
) {
    if model.input.fields.iter().any(|field| field.role == Role::Extra) {
        return;
    }
    let is_mistaken = |field: &Field| {
        let mut mistaken = model.input.fields.iter().filter(|own| own.role == Role::Mistaken);
        mistaken.any(|own| wire_name(own) == *field.name)
    };
    let has = |field: &Field| {
        model.columns.iter().any(|column| column.name == field.name) || is_mistaken(field)
    };
    let needed = object.fields.iter().filter(|field| field.required && !field.read_only);
    let missing: Vec<_> =
        needed.filter(|field| !has(field)).map(|field| format!("`{}`", field.name)).collect();
    if !missing.is_empty() {
        let names = missing.join(", ");
        let what = format!("every record of the workspace's `{}` must have {names}", object.name);
        let help = format!("add a field for each, as `{}` has it", snapshot.shown);
        errors.add(model.input.item.ident.span(), what, &help);
    }
}
