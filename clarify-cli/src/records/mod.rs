//! `clarify records`: the records of an object, a few at a time.

mod create;
mod delete;
mod get;
mod input;
mod list;
mod update;
mod value;

use clap::Subcommand;

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
