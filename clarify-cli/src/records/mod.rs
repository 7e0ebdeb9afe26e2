//! `clarify records`: the records of an object, a few at a time.

mod create;
mod delete;
mod get;
mod input;
mod list;
mod update;
mod value;

use clap::Subcommand;
use clarify_core::Error;

use crate::failure::Failure;

/// Lists, reads and writes records.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Arguments),
    Get(get::Arguments),
    /// Creates a record.
    Create(create::Arguments),
    /// Updates the record that has the same value in the unique field, or creates one.
    Upsert(create::Arguments),
    Update(update::Arguments),
    Delete(delete::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::List(arguments) => list::run(arguments),
        Command::Get(arguments) => get::run(arguments),
        Command::Create(arguments) => create::create(arguments),
        Command::Upsert(arguments) => create::upsert(arguments),
        Command::Update(arguments) => update::run(arguments),
        Command::Delete(arguments) => delete::run(arguments),
    }
}

/// Where there is no record with an id, others may be found by what they hold.
fn not_there(error: Error, object: &str) -> Failure {
    let is_missing = error.is_not_found();
    let failure = Failure::from(error);
    match is_missing {
        true => failure.hint(format!(
            "`clarify records list {object} --filter field=value` shows ids, and `clarify status` \
             the workspace"
        )),
        false => failure,
    }
}
