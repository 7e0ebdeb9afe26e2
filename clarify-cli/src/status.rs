//! `clarify status`: which workspace, where, and as whom.

use std::io::{self, Write as _};

use clarify_core::Error;
use clarify_core::blocking::Wait as _;

use crate::connection::{self, Connection};
use crate::failure::Failure;

/// Shows which workspace commands work with, and whether its key is taken.
///
/// Each setting is shown with where it comes from: a flag, the environment, or the file of settings.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let connection = arguments.connection.connection()?;
    // What an address can't hold, such as a password, is refused before it is shown.
    let client = connection.client()?;
    let Connection { workspace, base_url, key } = &connection;
    let mut out = io::stdout().lock();
    writeln!(out, "workspace  {} (from {})", workspace.value, workspace.source)?;
    writeln!(out, "base URL   {} (from {})", base_url.value, base_url.source)?;
    writeln!(out, "API key    from {}", key.source)?;
    out.flush()?;
    let objects = client.schemas().wait().map_err(refused)?.len();
    writeln!(out, "objects    {objects}, so the key is taken")?;
    Ok(())
}

/// What to do about settings that have been shown already.
fn refused(error: Error) -> Failure {
    let hint = match error.status() {
        Some(401) => connection::another_key("`clarify login` sets another key"),
        Some(404) => "`--workspace SLUG` or `clarify login` sets another workspace".to_owned(),
        _ if error.is_connect() => {
            "is the service there? `--base-url URL` or `clarify login` sets another".to_owned()
        }
        _ => return error.into(),
    };
    Failure::from(error).hint(hint)
}
