//! `clarify records update`.

use clarify_core::blocking::Wait as _;
use clarify_core::{JsonField, Patch, RawAttributes, RecordId};
use clarify_schema::{Field, Object};
use serde_json::value::RawValue;

use super::input::{Assignment, Input, by_field};
use super::{not_there, value};
use crate::connection;
use crate::failure::Failure;
use crate::output::{self, Columns, Form};
use crate::workspace;

/// Changes a record: the fields that are named, and no other.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The object: `person`, `c_sales_order` …
    object: String,
    /// The record's id.
    id: String,
    #[command(flatten)]
    input: Input,
    /// Leave a field without a value; may be repeated.
    #[arg(long, value_name = "FIELD")]
    clear: Vec<String>,
    /// Add items to a collection, divided by `;`; may be repeated. One update can't also remove some
    /// of the same field.
    #[arg(long, value_name = "FIELD=VALUE")]
    append: Vec<Assignment>,
    /// Take items out of a collection, divided by `;`; may be repeated.
    #[arg(long, value_name = "FIELD=VALUE")]
    remove: Vec<Assignment>,
    /// The form of the output: lines on a terminal, else JSON.
    #[arg(long, value_enum, value_name = "FORM")]
    output: Option<Form>,
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let client = arguments.connection.client()?;
    let object = workspace::object(&client, &arguments.object)?;
    let patch = patch(arguments, &object)?;
    let records = client.dynamic_object(object.clone()).raw();
    let changed = records.update(RecordId::new(arguments.id.as_str()), patch).wait();
    let record = changed.map_err(|error| not_there(error, &object.name))?.ok_or_else(|| {
        Failure::usage("nothing is to be changed").hint(
            "`field=value`, `--json '{...}'`, `--file FILE`, `--clear field`, `--append field=item` \
             or `--remove field=item`",
        )
    })?;
    let form = Form::or_default(arguments.output);
    Ok(output::show(form, &object.name, Columns::of(&object), record)?)
}

fn patch(arguments: &Arguments, object: &Object) -> Result<Patch<RawAttributes>, Failure> {
    let given = arguments.input.given(object)?;
    only_one_way(arguments, &given)?;
    let mut patch = Patch::new();
    for (name, json) in given.iter() {
        let json =
            RawValue::from_string(json.to_owned()).map_err(|e| Failure::new(e.to_string()))?;
        patch = patch.set(JsonField::new(name.to_owned()), json);
    }
    for name in &arguments.clear {
        field(object, name)?;
        patch = patch.clear(JsonField::new(name.clone()));
    }
    for (name, texts) in by_field(&arguments.append) {
        patch = patch.append(JsonField::new(name.to_owned()).items(), items(object, name, &texts)?);
    }
    for (name, texts) in by_field(&arguments.remove) {
        patch = patch.remove(JsonField::new(name.to_owned()).items(), items(object, name, &texts)?);
    }
    Ok(patch)
}

/// An update sets a collection and adds to it, or takes items out of it.
fn only_one_way(arguments: &Arguments, given: &RawAttributes) -> Result<(), Failure> {
    let adds = |name: &str| {
        arguments.append.iter().any(|added| added.field == name)
            || given.iter().any(|(field, _)| field == name)
    };
    match arguments.remove.iter().find(|removed| adds(&removed.field)) {
        Some(Assignment { field, .. }) => Err(Failure::usage(format!(
            "`{field}`: one update can't both give items and take items away"
        ))
        .hint("make two: one with `--remove`, and another with the items to add")),
        None => Ok(()),
    }
}

fn field<'o>(object: &'o Object, name: &str) -> Result<&'o Field, Failure> {
    object.field(name).ok_or_else(|| workspace::unknown_field(object, name))
}

fn items(object: &Object, name: &str, texts: &[&str]) -> Result<Vec<String>, Failure> {
    if !field(object, name)?.kind.is_collection() {
        return Err(Failure::usage(format!("`{name}` is no collection"))
            .hint(format!("`{name}=value` replaces its value")));
    }
    let items: Result<Vec<_>, String> = texts.iter().map(|text| value::items(text)).collect();
    Ok(items.map_err(|reason| Failure::usage(format!("`{name}`: {reason}")))?.concat())
}
