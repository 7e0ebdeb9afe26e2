//! `clarify records create` and `clarify records upsert`.

use clarify_core::blocking::Wait as _;
use clarify_core::{Client, Error, RawAttributes, Record};
use clarify_schema::Object;

use super::input::Input;
use crate::connection;
use crate::failure::Failure;
use crate::output::{self, Columns, Form};
use crate::workspace;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The object: `person`, `c_sales_order` …
    object: String,
    #[command(flatten)]
    input: Input,
    /// The form of the output: lines on a terminal, else JSON.
    #[arg(long, value_enum, value_name = "FORM")]
    output: Option<Form>,
    #[command(flatten)]
    connection: connection::Arguments,
}

impl Arguments {
    fn prepare(&self) -> Result<(Client, Object, RawAttributes), Failure> {
        let client = self.connection.client()?;
        let object = workspace::object(&client, &self.object)?;
        let attributes = self.input.attributes(&object)?;
        Ok((client, object, attributes))
    }

    fn show(&self, object: &Object, record: Record<RawAttributes>) -> Result<(), Failure> {
        let form = Form::or_default(self.output);
        Ok(output::show(form, &object.name, Columns::of(object), record)?)
    }
}

pub(super) fn create(arguments: &Arguments) -> Result<(), Failure> {
    let (client, object, attributes) = arguments.prepare()?;
    let created = client.dynamic_object(object.clone()).raw().create(&attributes).wait();
    arguments.show(&object, created.map_err(|error| not_created(error, &object))?)
}

/// A value that another record has is no fault where that record is meant.
fn not_created(error: Error, object: &Object) -> Failure {
    let unique = object.unique_field().map(|field| &*field.name);
    let is_taken = error.status() == Some(400) && unique.is_some() && error.field() == unique;
    match is_taken {
        true => Failure::from(error)
            .hint("`clarify records upsert` updates the record that has this value"),
        false => error.into(),
    }
}

pub(super) fn upsert(arguments: &Arguments) -> Result<(), Failure> {
    let (client, object, attributes) = arguments.prepare()?;
    if object.unique_field().is_none() {
        return Err(Failure::new(format!("`{}` has no unique field to match on", object.name))
            .hint("`clarify records create` creates a record"));
    }
    let record = client.dynamic_object(object.clone()).raw().upsert(&attributes).wait()?;
    arguments.show(&object, record)
}
