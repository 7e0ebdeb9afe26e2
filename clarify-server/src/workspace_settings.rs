//! The settings of one workspace.

use std::path::PathBuf;

use crate::http::ApiKey;
use crate::store::Place;
use crate::{Contract, Error};

/// The settings of a workspace, for [`ServerBuilder::add_workspace`] and
/// [`Server::open_workspace`]. A name alone will do.
///
/// ```
/// use clarify_server::{Contract, Server, WorkspaceSettings};
///
/// let server = Server::builder().start()?;
/// let beta = WorkspaceSettings::new("beta").api_key("secret").contract(Contract::Live);
/// let beta = server.open_workspace(beta)?;
/// assert_eq!(beta.api_key(), "secret");
/// # Ok::<(), clarify_server::Error>(())
/// ```
///
/// [`ServerBuilder::add_workspace`]: crate::ServerBuilder::add_workspace
/// [`Server::open_workspace`]: crate::Server::open_workspace
#[derive(Clone, Debug)]
#[must_use = "a workspace is there once a service has it"]
pub struct WorkspaceSettings {
    pub(crate) name: String,
    pub(crate) keys: Vec<ApiKey>,
    pub(crate) contract: Option<Contract>,
    pub(crate) place: Option<Place>,
    pub(crate) stored_as: Option<String>,
    pub(crate) keeps_requests: bool,
}

impl<T: Into<String>> From<T> for WorkspaceSettings {
    fn from(slug: T) -> Self {
        Self::new(slug)
    }
}

impl WorkspaceSettings {
    /// A workspace that is called so in the paths: ASCII letters, digits, `-`, `_` and `.`.
    pub fn new(slug: impl Into<String>) -> Self {
        Self {
            name: slug.into(),
            keys: Vec::new(),
            contract: None,
            place: None,
            stored_as: None,
            keeps_requests: false,
        }
    }

    /// Adds a key that requests may carry: visible ASCII without spaces. Several workspaces may
    /// have the same. Default: a new one is made.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.keys.push(ApiKey::new(key));
        self
    }

    /// The form of the API to speak. Default: the service's.
    pub fn contract(mut self, contract: Contract) -> Self {
        self.contract = Some(contract);
        self
    }

    /// Keeps its records in a file of its own, which is created when it is missing. Default: with
    /// the service's when it starts, in memory of its own later.
    pub fn data(mut self, path: impl Into<PathBuf>) -> Self {
        self.place = Some(Place::File(path.into()));
        self
    }

    /// Adds what is said of the same workspace elsewhere.
    pub(crate) fn add(&mut self, more: &Self) {
        self.keys.extend(more.keys.iter().cloned());
        self.contract = more.contract.or(self.contract);
        self.place = more.place.clone().or_else(|| self.place.take());
        self.stored_as = more.stored_as.clone().or_else(|| self.stored_as.take());
        self.keeps_requests |= more.keeps_requests;
    }

    /// Opens a file that is there, of any size at once, and leaves it as it is: what is written is
    /// seen until the workspace is closed, and then it is gone. Where another has the file open in
    /// this way, a copy is made. No service may write to the file meanwhile: it would wait.
    ///
    /// Which of the file's workspaces is meant says [`stored_as`](Self::stored_as); else it is the
    /// one of this name, or the only one.
    pub fn unchanged_data(mut self, path: impl Into<PathBuf>) -> Self {
        self.place = Some(Place::Unchanged(path.into()));
        self
    }

    /// What the workspace is called in its file, if that is not what it is called in the paths.
    pub fn stored_as(mut self, name: impl Into<String>) -> Self {
        self.stored_as = Some(name.into());
        self
    }

    /// Keeps what is received, for [`Workspace::requests`](crate::Workspace::requests).
    pub const fn keep_requests(mut self) -> Self {
        self.keeps_requests = true;
        self
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        // As a segment of a path, `.` and `..` are steps.
        let is_step = matches!(&*self.name, "" | "." | "..");
        if is_step || !self.name.chars().all(good) {
            return Err(Error::Setting(format!(
                "workspace `{}`: expected ASCII letters, digits, `-`, `_` and `.`",
                self.name.escape_debug()
            )));
        }
        if self.keys.iter().all(ApiKey::is_good) {
            return Ok(());
        }
        Err(Error::Setting(
            "the API key must be visible ASCII without spaces, and not empty".to_owned(),
        ))
    }
}
