//! `clarify records update`.

use clarify_core::blocking::Wait as _;
use clarify_core::{JsonField, Patch, RawAttributes, RecordId};
use clarify_schema::{Field, Object};

use super::input::{Assignment, by_field, values};
use super::value;
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
    /// A field and its new value. The items of a collection are divided by `;`.
    #[arg(value_name = "FIELD=VALUE")]
    assignments: Vec<Assignment>,
    /// Leave a field without a value; may be repeated.
    #[arg(long, value_name = "FIELD")]
    clear: Vec<String>,
    /// Add items to a collection, divided by `;`; may be repeated.
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
    let changed = records.update(RecordId::new(arguments.id.as_str()), patch).wait()?;
    let record = changed.ok_or_else(|| {
        Failure::usage("nothing is to be changed")
            .hint("`field=value`, `--clear field`, `--append field=item` or `--remove field=item`")
    })?;
    let form = Form::or_default(arguments.output);
    Ok(output::show(form, &object.name, Columns::of(&object), record)?)
}

fn patch(arguments: &Arguments, object: &Object) -> Result<Patch<RawAttributes>, Failure> {
    let mut patch = Patch::new();
    for (name, json) in values(object, &arguments.assignments)? {
        patch = patch.set(JsonField::new(name), json);
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
