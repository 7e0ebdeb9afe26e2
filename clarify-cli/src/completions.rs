//! `clarify completions`: for a shell to complete what is typed.

use std::io::{self, Write as _};

use clap::Command;
use clap_complete::Shell;

use crate::failure::Failure;

/// Writes completions for a shell.
///
/// `clarify completions bash > ~/.local/share/bash-completion/completions/clarify`
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, mut command: Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "clarify", &mut script);
    Ok(io::stdout().write_all(&script)?)
}
