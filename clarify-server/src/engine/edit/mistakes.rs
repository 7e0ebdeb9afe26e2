//! What an object can't be, whatever records it has.

use clarify_schema::{Field, Kind, Object, built_in, check_field_name};

use super::Place;
use crate::engine::Fault;

/// Everything that is wrong with an object that takes the place of `before`.
pub(super) fn find(object: &Object, before: Option<&Object>, at: Place<'_>) -> Vec<Fault> {
    let invalid = |field: &Field, detail| Fault::invalid(at(&field.name), detail);
    let mut faults = Vec::new();
    let mut unique = None;
    for (index, field) in object.fields.iter().enumerate() {
        let is_twice = object.fields.iter().take(index).any(|other| other.name == field.name);
        let twice = is_twice.then(|| format!("field `{}` stands there twice", field.name));
        let lost = before.and_then(|before| without_options(field, before.field(&field.name)?));
        let second = unique.filter(|_| field.unique).map(|first| second_unique(field, first));
        let found = [bad_name(field), twice, not_unique(field), second, bad_options(field), lost];
        faults.extend(found.into_iter().flatten().map(|detail| invalid(field, detail)));
        unique = unique.or(Some(field).filter(|field| field.unique));
    }
    if let Some(fixed) = built_in(&object.name) {
        faults.extend(not_fixed(object, fixed, at));
    }
    faults
}

fn bad_name(field: &Field) -> Option<String> {
    let error = check_field_name(&field.name).err()?;
    Some(format!("field `{}`: {error}", field.name))
}

fn not_unique(field: &Field) -> Option<String> {
    let (name, kind) = (&field.name, field.kind.name());
    let is_bad = field.unique && !field.kind.can_be_unique();
    is_bad.then(|| format!("field `{name}`: a {kind} can't be unique"))
}

fn second_unique(second: &Field, first: &Field) -> String {
    format!("field `{}` is a second unique one, beside `{}`", second.name, first.name)
}

fn bad_options(field: &Field) -> Option<String> {
    let options = &field.options;
    let twice = |(index, option)| options.iter().take(index).any(|other| other == option);
    if options.iter().any(|option| option.is_empty()) {
        return Some(format!("field `{}`: an option can't be empty", field.name));
    }
    let (_, option) =
        options.iter().enumerate().find(|(index, option)| twice((*index, *option)))?;
    Some(format!("field `{}`: the option `{option}` stands there twice", field.name))
}

/// A select without options takes any text, which nobody asks for by taking the last one away.
fn without_options(field: &Field, before: &Field) -> Option<String> {
    let is_lost = matches!(field.kind, Kind::Select | Kind::MultiSelect)
        && field.options.is_empty()
        && !before.options.is_empty();
    is_lost.then(|| format!("field `{}` keeps one option at least", field.name))
}

/// What every workspace has of a built-in object stays as it is.
fn not_fixed(object: &Object, fixed: &Object, at: Place<'_>) -> Vec<Fault> {
    let name = &object.name;
    let changed = fixed.fields.iter().filter_map(|field| {
        let detail = match object.field(&field.name) {
            None => format!("`{}` can't be removed: every `{name}` has it", field.name),
            Some(found) => not_as(found, field)?,
        };
        Some(Fault::invalid(at(&field.name), detail))
    });
    let is_new = |field: &&Field| field.unique && fixed.field(&field.name).is_none();
    let unique = object.fields.iter().filter(is_new).map(|field| {
        let detail =
            format!("`{}` can't be unique: what is unique of `{name}` is given", field.name);
        Fault::invalid(at(&field.name), detail)
    });
    changed.chain(unique).collect()
}

fn not_as(found: &Field, fixed: &Field) -> Option<String> {
    let traits = |field: &Field| {
        let Field { kind, unique, target, inverse, many_to_many, .. } = field.clone();
        (kind, unique, target, inverse, many_to_many)
    };
    if traits(found) != traits(fixed) {
        let (name, kind) = (&fixed.name, fixed.kind.name());
        return Some(format!("`{name}` is a {kind} in every workspace, and stays as it is"));
    }
    let gone = fixed.options.iter().find(|option| !found.has_option(option))?;
    Some(format!("the option `{gone}` can't be removed: every workspace has it"))
}
