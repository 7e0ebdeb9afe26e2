//! `clarify records get`.

use clarify_core::RecordId;
use clarify_core::blocking::Wait as _;

use super::not_there;
use crate::connection;
use crate::failure::Failure;
use crate::output::{self, Columns, Form};
use crate::workspace;

/// Shows one record.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The object: `person`, `c_sales_order` …
    object: String,
    /// The record's id.
    id: String,
    /// The form of the output: lines on a terminal, else JSON.
    #[arg(long, value_enum, value_name = "FORM")]
    output: Option<Form>,
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { object, id, output, connection } = arguments;
    let client = connection.client()?;
    let form = Form::or_default(*output);
    let asked = workspace::records(&client, object)?.get(RecordId::new(id.as_str()));
    let record = asked.wait().map_err(|error| not_there(error, object))?;
    let columns = match form {
        Form::Csv => Columns::of(&workspace::object(&client, object)?),
        _ => Columns::default(),
    };
    Ok(output::show(form, object, columns, record)?)
}
