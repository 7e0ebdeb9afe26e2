//! `clarify schema`: the workspace's schema beside a program, and how they stand to each other.

mod check;
mod crate_tables;
mod diff;
mod folder;
mod generate;
mod pull;
mod push;
mod report;
mod source;

pub(crate) use source::read;

use crate::failure::Failure;

/// Keeps the schema of a workspace beside a program, tells where they differ, and brings a program's
/// objects to a workspace.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Pull(pull::Arguments),
    Check(check::Arguments),
    Diff(diff::Arguments),
    Push(push::Arguments),
    Generate(generate::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Pull(arguments) => pull::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Push(arguments) => push::run(arguments),
        Command::Generate(arguments) => generate::run(arguments),
    }
}
