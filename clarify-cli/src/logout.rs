//! `clarify logout`: forgets the key.

use crate::config::{self, Config};
use crate::failure::Failure;

/// Takes the API key out of the file of settings.
///
/// The workspace and the base URL stay. The key itself is good until the workspace revokes it.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    let path = config::path()?;
    let mut config = Config::read(&path)?;
    match config.api_key.take() {
        Some(_) => {
            config.write(&path)?;
            eprintln!("The key is no longer in {}.", path.display());
        }
        None => eprintln!("There is no key in {}.", path.display()),
    }
    Ok(())
}
