//! The `clarify` command.

#[allow(dead_code, reason = "the commands that use all of it are yet to come")]
mod config;
#[allow(dead_code, reason = "the commands that use all of it are yet to come")]
mod connection;
#[allow(dead_code, reason = "the commands that use all of it are yet to come")]
mod failure;
mod log;
#[allow(dead_code, reason = "the commands that use all of it are yet to come")]
mod output;
mod schema;
mod serve;
mod status;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Works with the records of a Clarify workspace, and serves them on this machine.
#[derive(Debug, Parser)]
#[command(name = "clarify", version, after_help = EXIT_CODES)]
struct Arguments {
    /// Show each request and its answer on the standard error. The key is not among what is shown.
    #[arg(long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Status(status::Arguments),
    Serve(serve::Arguments),
}

impl Command {
    fn run(self) -> Result<(), Failure> {
        match self {
            Self::Status(arguments) => status::run(&arguments),
            Self::Serve(arguments) => serve::run(arguments),
        }
    }

    /// Whether a service is to show the requests that it gets.
    fn shows_requests(&self) -> bool {
        matches!(self, Self::Serve(arguments) if arguments.log)
    }
}

const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    it could not be done: refused, unreachable, a file that can't be read
  2    wrong usage
  3    done, but some records were refused
  4    some outcomes are uncertain: it may have been written
  5    there are differences that break
  130  interrupted";

fn main() -> ExitCode {
    let Arguments { verbose, command } = Arguments::parse();
    let result = log::start(verbose || command.shows_requests()).and_then(|()| command.run());
    result.map_or_else(Failure::end, |()| ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_of_all_commands_go_together() {
        super::Arguments::command().debug_assert();
    }
}
