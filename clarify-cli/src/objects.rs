//! `clarify objects`: what the workspace has records of.

use clarify_core::blocking::Wait as _;
use clarify_schema::{Field, Object};
use serde::Serialize;
use serde_json::{Value, json};

use crate::connection;
use crate::failure::Failure;
use crate::output::{Form, listing};
use crate::workspace;

/// Lists the objects of the workspace; with a name, the fields of that object.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The object whose fields are to be listed.
    object: Option<String>,
    /// The form of the output: a table on a terminal, else JSON.
    #[arg(long, value_enum, value_name = "FORM")]
    output: Option<Form>,
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let client = arguments.connection.client()?;
    let form = Form::or_default(arguments.output);
    match &arguments.object {
        Some(name) => {
            let object = workspace::object(&client, name)?;
            let fields = object.fields.iter().map(FieldLine::of).collect::<Vec<_>>();
            listing(form, &FieldLine::HEADER, &fields, FieldLine::row)?;
        }
        None => {
            let objects = client.schemas().wait()?;
            let lines = objects.iter().map(ObjectLine::of).collect::<Vec<_>>();
            listing(form, &ObjectLine::HEADER, &lines, ObjectLine::row)?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct ObjectLine<'o> {
    name: &'o str,
    singular: Option<&'o str>,
    plural: Option<&'o str>,
    unique_field: Option<&'o str>,
    fields: usize,
}

impl<'o> ObjectLine<'o> {
    const HEADER: [&'static str; 5] = ["name", "singular", "plural", "unique field", "fields"];

    fn of(object: &'o Object) -> Self {
        Self {
            name: &object.name,
            singular: object.singular.as_deref(),
            plural: object.plural.as_deref(),
            unique_field: object.unique_field().map(|field| &*field.name),
            fields: object.fields.len(),
        }
    }

    fn row(&self) -> Vec<Value> {
        let Self { name, singular, plural, unique_field, fields } = self;
        vec![json!(name), json!(singular), json!(plural), json!(unique_field), json!(fields)]
    }
}

#[derive(Serialize)]
struct FieldLine<'o> {
    name: &'o str,
    kind: &'static str,
    title: Option<&'o str>,
    unique: bool,
    required: bool,
    read_only: bool,
    links_to: Option<&'o str>,
    options: Vec<&'o str>,
}

impl<'o> FieldLine<'o> {
    const HEADER: [&'static str; 6] = ["name", "kind", "rules", "links to", "options", "title"];

    fn of(field: &'o Field) -> Self {
        Self {
            name: &field.name,
            kind: field.kind.name(),
            title: field.title.as_deref(),
            unique: field.unique,
            required: field.required,
            read_only: field.read_only,
            links_to: field.target.as_deref(),
            options: field.options.iter().map(|option| &**option).collect(),
        }
    }

    fn row(&self) -> Vec<Value> {
        let Self { name, kind, title, links_to, options, .. } = self;
        let rules = json!({ "items": self.rules() });
        let options = json!({ "items": options });
        vec![json!(name), json!(kind), rules, json!(links_to), options, json!(title)]
    }

    fn rules(&self) -> Vec<&'static str> {
        let rules =
            [(self.unique, "unique"), (self.required, "required"), (self.read_only, "read-only")];
        rules.into_iter().filter_map(|(is_so, rule)| is_so.then_some(rule)).collect()
    }
}
