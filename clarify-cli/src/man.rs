//! `clarify man`: the manual's pages.

use std::io;
use std::path::PathBuf;

use clap::Command;
use clap_mangen::Man;

use crate::failure::Failure;

/// Writes the manual's page; with a folder, a page for each command into it.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder, e.g. `~/.local/share/man/man1`.
    folder: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, command: Command) -> Result<(), Failure> {
    match &arguments.folder {
        None => Ok(Man::new(command).render(&mut io::stdout().lock())?),
        Some(folder) => std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(|error| Failure::file(folder, error)),
    }
}
