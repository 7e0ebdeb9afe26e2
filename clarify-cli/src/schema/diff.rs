//! `clarify schema diff`: how two schemas differ.

use clarify_schema::{Object, all_differences};

use super::report::{self, Finding, Form};
use super::source;
use crate::connection;
use crate::failure::{Exit, Failure};

/// Tells how two schemas differ: all of it, also what things are called, and their order.
///
/// The effects are those on a program that knows A and meets B. Ends with 0 where they are the same,
/// and with 5 where they differ in anything.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder of a snapshot, a file of schemas, or `workspace` for the live one.
    a: String,
    /// What it is compared with, in the same forms.
    b: String,
    /// The form of the output.
    #[arg(long, short, value_enum, value_name = "FORM", default_value_t)]
    output: Form,
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let objects = |source: &str| -> Result<Vec<Object>, Failure> {
        source::objects(source, &arguments.connection)
    };
    let differences = all_differences(&objects(&arguments.a)?, &objects(&arguments.b)?);
    let finding = |difference| Finding { difference, place: None };
    let findings: Vec<_> = differences.into_iter().map(finding).collect();
    report::tell(arguments.output, &findings, true)?;
    if findings.is_empty() { Ok(()) } else { Err(Failure::told(Exit::Differences)) }
}
