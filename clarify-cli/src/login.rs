//! `clarify login`: keeps a workspace and its key for later commands.

use std::io::{self, IsTerminal as _, Write as _};

use clarify_core::Error;
use clarify_core::blocking::Wait as _;

use crate::config::{self, Config};
use crate::connection::{self, HOSTED, read_key};
use crate::failure::Failure;

/// Asks for a workspace and its API key, tries them, and keeps them for later commands.
///
/// What flags or the environment say is not asked for. Where there is no terminal the key is read from
/// the standard input: `clarify login --workspace acme < key.txt`. The file is readable by you alone;
/// `CLARIFY_CONFIG` names another one than the usual.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = config::path()?;
    let known = Config::read(&path)?;
    let given = &arguments.connection;
    let base_url = match given.base_url() {
        Some(base_url) => base_url.value,
        None => ask("Base URL", known.base_url.as_deref().or(Some(HOSTED)))?,
    };
    let workspace = match given.workspace() {
        Some(workspace) => workspace.value,
        None => ask("Workspace", workspace_in(&base_url).or(known.workspace.as_deref()))?,
    };
    let api_key = match given.api_key_file() {
        Some(file) => read_key(&file)?,
        None => ask_for_key()?,
    };
    let api_key = api_key.trim().to_owned();
    let client = connection::client(&base_url, &workspace, &api_key)?;
    let objects = client.schemas().wait().map_err(|error| refused(error, &workspace))?.len();
    // Without the workspace, so that another one may be asked for by its name.
    let base_url = base_url.split_once("/workspaces/").map_or(&*base_url, |(base, _)| base);
    let base_url = (base_url != HOSTED).then(|| base_url.to_owned());
    let config = Config { workspace: Some(workspace.clone()), base_url, api_key: Some(api_key) };
    config.write(&path)?;
    eprintln!("The key is taken: `{workspace}` has {objects} objects.");
    eprintln!("Kept in {}, readable by you alone.", path.display());
    Ok(())
}

/// Why nothing is kept.
fn refused(error: Error, workspace: &str) -> Failure {
    let hint = match error.status() {
        Some(401) => {
            connection::another_key(&format!("nothing is kept: give a key of `{workspace}`"))
        }
        Some(404) => format!("nothing is kept: is `{workspace}` the workspace's name?"),
        _ if error.is_connect() => "nothing is kept: is the service at that base URL?".to_owned(),
        _ => return error.into(),
    };
    Failure::from(error).hint(hint)
}

/// The workspace that a base URL names, as the one that `clarify serve` prints does.
fn workspace_in(base_url: &str) -> Option<&str> {
    let (_, workspace) = base_url.split_once("/workspaces/")?;
    Some(workspace.trim_end_matches('/')).filter(|workspace| !workspace.is_empty())
}

/// Asks on the terminal. Where there is none, what is usual is meant.
fn ask(what: &str, usual: Option<&str>) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return usual.map(str::to_owned).ok_or_else(|| {
            let flag = what.to_lowercase();
            Failure::usage(format!("no {flag} is given")).hint(format!("`--{flag} …`"))
        });
    }
    let shown = usual.map(|usual| format!(" [{usual}]")).unwrap_or_default();
    eprint!("{what}{shown}: ");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    match (answer.trim(), usual) {
        ("", Some(usual)) => Ok(usual.to_owned()),
        (answer, _) => Ok(answer.to_owned()),
    }
}

/// On a terminal nothing of it is shown.
fn ask_for_key() -> Result<String, Failure> {
    match io::stdin().is_terminal() {
        true => Ok(rpassword::prompt_password("API key: ")?),
        false => read_key("-".as_ref()),
    }
}
