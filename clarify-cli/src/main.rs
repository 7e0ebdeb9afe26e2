//! The `clarify` command.

mod log;
mod schema;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Works with Clarify's records API.
#[derive(Debug, Parser)]
#[command(name = "clarify", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Arguments),
}

fn main() -> ExitCode {
    let Command::Serve(arguments) = Arguments::parse().command;
    let result = log::start(arguments.log).and_then(|()| serve::run(arguments));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
