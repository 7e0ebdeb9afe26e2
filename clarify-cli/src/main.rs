//! The `clarify` command.

mod completions;
mod config;
mod connection;
mod export;
mod failure;
mod import;
mod log;
mod login;
mod logout;
mod man;
mod objects;
mod output;
mod part;
mod records;
mod requests;
mod schema;
mod selection;
mod serve;
mod status;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use failure::Failure;

/// Works with the records of a Clarify workspace, and serves them on this machine.
#[derive(Debug, Parser)]
#[command(name = "clarify", version, after_help = EXIT_CODES)]
struct Arguments {
    /// Show each request and its answer on the standard error, without the key.
    #[arg(long, global = true)]
    verbose: bool,
    #[command(flatten)]
    connection: connection::Arguments,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Login(login::Arguments),
    Logout(logout::Arguments),
    Status(status::Arguments),
    Objects(objects::Arguments),
    Records(records::Arguments),
    Export(export::Arguments),
    Import(Box<import::Arguments>),
    Schema(schema::Arguments),
    Serve(serve::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Command {
    fn run(self) -> Result<(), Failure> {
        match self {
            Self::Login(arguments) => login::run(&arguments),
            Self::Logout(arguments) => logout::run(&arguments),
            Self::Status(arguments) => status::run(&arguments),
            Self::Objects(arguments) => objects::run(&arguments),
            Self::Records(arguments) => records::run(&arguments),
            Self::Export(arguments) => export::run(&arguments),
            Self::Import(arguments) => import::run(&arguments),
            Self::Schema(arguments) => schema::run(&arguments),
            Self::Serve(arguments) => serve::run(arguments),
            Self::Completions(arguments) => completions::run(&arguments, Arguments::command()),
            Self::Man(arguments) => man::run(&arguments, Arguments::command()),
        }
    }

    /// Whether it works with a workspace, and so has a use for what is said of one before its name.
    const fn asks_a_workspace(&self) -> bool {
        !matches!(self, Self::Logout(_) | Self::Serve(_) | Self::Completions(_) | Self::Man(_))
    }

    /// Whether a service is to show the requests that it gets.
    fn shows_requests(&self, verbose: bool) -> bool {
        matches!(self, Self::Serve(arguments) if arguments.log || verbose)
    }
}

/// As in `docs/command.md`.
const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    it could not be done: refused, unreachable, a file that can't be read or written
  2    wrong usage
  3    done, but some records were refused
  4    some outcomes are uncertain: there was no answer that says whether it was written
  5    differences (of `schema check` those that break), or steps of a push that were not taken
  130  interrupted";

fn main() -> ExitCode {
    run(Arguments::parse()).map_or_else(Failure::end, |()| ExitCode::SUCCESS)
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { verbose, connection, command } = arguments;
    if connection.is_given() && !command.asks_a_workspace() {
        return Err(Failure::usage(
            "this command asks no workspace, though one is named before it",
        )
        .hint("behind the command stand its own flags: `clarify serve --workspace SLUG`"));
    }
    connection.keep();
    log::start(verbose, command.shows_requests(verbose))?;
    command.run()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_of_all_commands_go_together() {
        super::Arguments::command().debug_assert();
    }
}
