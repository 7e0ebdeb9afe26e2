//! Which workspace a command works with, and as whom: flags before the environment, and that before
//! the file of settings.

use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use clarify_core::Client;
use clarify_core::request::Endpoint;

use crate::config::{self, Config};
use crate::failure::Failure;

pub(crate) const HOSTED: &str = "https://api.clarify.ai";

/// Whether this run asks a service on this machine, of which errors can say more.
static IS_LOCAL: AtomicBool = AtomicBool::new(false);

/// How another key is got, where the one that was sent is not taken.
pub(crate) fn another_key(known: &str) -> String {
    match IS_LOCAL.load(Ordering::Relaxed) {
        true => format!("{known}; {KEYS_OF_SERVE}"),
        false => known.to_owned(),
    }
}

const KEYS_OF_SERVE: &str = "`clarify serve` makes a new key at each start, and prints it, unless \
                             `--workspace SLUG=KEY` gives it one";

/// A client for a workspace.
pub(crate) fn client(base_url: &str, workspace: &str, key: &str) -> Result<Client, Failure> {
    let endpoint = Endpoint::new(base_url, workspace)?;
    // Plain http goes to this machine, and to no other.
    IS_LOCAL.store(endpoint.origin().starts_with("http://"), Ordering::Relaxed);
    Ok(Client::builder(workspace).base_url(base_url).api_key(key).build()?)
}

/// The workspace to work with.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Connection")]
#[group(skip)]
pub(crate) struct Arguments {
    /// The workspace: the last part of its address [env: CLARIFY_WORKSPACE]
    #[arg(long, value_name = "SLUG")]
    workspace: Option<String>,
    /// Where the service is, if it is not the hosted one [env: CLARIFY_BASE_URL]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// A file with the API key, `-` for the standard input [env: CLARIFY_API_KEY, the key itself]
    // A flag with the key itself would show it to everybody who lists the machine's processes.
    #[arg(long, value_name = "FILE")]
    api_key_file: Option<PathBuf>,
}

/// What is said before the command's name. What is said behind it goes over it.
static BEFORE: OnceLock<Arguments> = OnceLock::new();

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Flag(&'static str),
    Environment(&'static str),
    File(PathBuf),
    /// Nothing says otherwise.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => f.write_str(name),
            Self::Environment(name) => write!(f, "the environment's {name}"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Default => f.write_str("the hosted service"),
        }
    }
}

/// A setting, and where it comes from.
pub(crate) struct Setting {
    pub(crate) value: String,
    pub(crate) source: Source,
}

/// A workspace, where it is, and the key to it. The key is shown nowhere.
pub(crate) struct Connection {
    pub(crate) workspace: Setting,
    pub(crate) base_url: Setting,
    pub(crate) key: Setting,
}

impl Arguments {
    /// Keeps what is said before the command's name.
    pub(crate) fn keep(self) {
        // It is said once in a run.
        let _ = BEFORE.set(self);
    }

    pub(crate) fn is_given(&self) -> bool {
        self.workspace.is_some() || self.base_url.is_some() || self.api_key_file.is_some()
    }

    /// What is said behind the command's name, or before it.
    fn said<T: Clone>(&self, flag: fn(&Self) -> &Option<T>) -> Option<T> {
        flag(self).clone().or_else(|| flag(BEFORE.get()?).clone())
    }

    /// A client for the workspace that flags, environment and file name.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        self.connection()?.client()
    }

    /// What flags, environment and file say.
    pub(crate) fn connection(&self) -> Result<Connection, Failure> {
        // Where nobody has a home, no file says anything.
        let path = config::path().unwrap_or_default();
        let config = Config::read(&path)?;
        let file = |value: &Option<String>| setting(value.clone()?, Source::File(path.clone()));
        let workspace = self.workspace().or_else(|| file(&config.workspace)).ok_or_else(|| {
            missing("no workspace is given", "`--workspace SLUG` or `CLARIFY_WORKSPACE`")
        })?;
        let base_url = self.base_url().or_else(|| file(&config.base_url));
        let base_url = base_url
            .unwrap_or_else(|| Setting { value: HOSTED.to_owned(), source: Source::Default });
        let key = match self.key()? {
            Some(key) => key,
            None => file(&config.api_key)
                .map(|key| key_of_file(key, &config, &base_url, &workspace))
                .transpose()?
                .ok_or_else(|| missing("no API key is given", "`CLARIFY_API_KEY`"))?,
        };
        Ok(Connection { workspace, base_url, key })
    }

    pub(crate) fn workspace(&self) -> Option<Setting> {
        given(self.said(|flags| &flags.workspace), "--workspace", "CLARIFY_WORKSPACE")
    }

    pub(crate) fn base_url(&self) -> Option<Setting> {
        given(self.said(|flags| &flags.base_url), "--base-url", "CLARIFY_BASE_URL")
    }

    pub(crate) fn api_key_file(&self) -> Option<PathBuf> {
        self.said(|flags| &flags.api_key_file)
    }

    fn key(&self) -> Result<Option<Setting>, Failure> {
        let Some(path) = self.api_key_file() else {
            return Ok(environment("CLARIFY_API_KEY"));
        };
        let key = setting(read_key(&path)?, Source::Flag("--api-key-file"));
        key.map(Some).ok_or_else(|| Failure::file(&path, "there is no key in it"))
    }
}

impl Connection {
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        let Self { workspace, base_url, key } = self;
        client(&base_url.value, &workspace.value, &key.value)
    }
}

fn given(flag: Option<String>, name: &'static str, variable: &'static str) -> Option<Setting> {
    let flag = flag.and_then(|value| setting(value, Source::Flag(name)));
    flag.or_else(|| environment(variable))
}

fn environment(variable: &'static str) -> Option<Setting> {
    setting(std::env::var(variable).ok()?, Source::Environment(variable))
}

/// What is blank says nothing.
fn setting(value: String, source: Source) -> Option<Setting> {
    let value = value.trim().to_owned();
    (!value.is_empty()).then_some(Setting { value, source })
}

/// The key of a file is for the service that the file names, and goes to no other.
fn key_of_file(
    key: Setting,
    config: &Config,
    base_url: &Setting,
    workspace: &Setting,
) -> Result<Setting, Failure> {
    let origin = |base: &str, workspace: &str| {
        Endpoint::new(base, workspace).map(|endpoint| endpoint.origin().to_owned())
    };
    let asked = origin(&base_url.value, &workspace.value)?;
    let own_workspace = config.workspace.as_deref().unwrap_or(&workspace.value);
    let own = origin(config.base_url.as_deref().unwrap_or(HOSTED), own_workspace)?;
    if asked == own {
        return Ok(key);
    }
    Err(Failure::new(format!("the key in {} is for {own}, and not for {asked}", key.source))
        .hint("give the key for it with `CLARIFY_API_KEY` or `--api-key-file`"))
}

fn missing(what: &str, how: &str) -> Failure {
    Failure::new(what).hint(format!("{how}, or `clarify login`"))
}

/// The key in a file, or on the standard input.
pub(crate) fn read_key(path: &Path) -> Result<String, Failure> {
    let mut key = String::new();
    let read = match path.as_os_str() == "-" {
        true => io::stdin().read_to_string(&mut key).map(|_| key),
        false => fs::read_to_string(path),
    };
    read.map_err(|error| Failure::file(path, error))
}
