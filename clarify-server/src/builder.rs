//! The settings of a service.

use std::path::PathBuf;
use std::time::Duration;

use clarify_schema::Object;

use crate::http::{ApiKey, Limits, MOST_ANSWERS};
use crate::store::Place;
use crate::{Contract, Error, Fault, Server, Synchronous, WorkspaceSettings};

const BODY_LIMIT: usize = 8 << 20;

/// The settings of a service; made by [`Server::builder`].
///
/// ```
/// use clarify_server::Server;
///
/// let server = Server::builder()
///     .workspace("acme")
///     .api_key("secret")
///     .addr("127.0.0.1:0")
///     .body_limit(1 << 20)
///     .start()?;
/// assert_eq!(server.api_key(), "secret");
/// # Ok::<(), clarify_server::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "a service runs once it is started"]
pub struct ServerBuilder {
    pub(crate) contract: Contract,
    /// The one that [`Server`]'s own calls are about.
    pub(crate) workspace: WorkspaceSettings,
    pub(crate) others: Vec<WorkspaceSettings>,
    pub(crate) place: Place,
    pub(crate) synchronous: Synchronous,
    pub(crate) addr: String,
    pub(crate) public_url: Option<String>,
    pub(crate) body_limit: usize,
    pub(crate) rate_limit: Option<u32>,
    pub(crate) limits: Limits,
    pub(crate) kept_answers: usize,
    pub(crate) faults: Vec<Fault>,
    pub(crate) objects: Vec<Object>,
}

impl Default for ServerBuilder {
    fn default() -> Self {
        Self {
            contract: Contract::Documented,
            workspace: WorkspaceSettings::new("local"),
            others: Vec::new(),
            place: Place::Memory,
            synchronous: Synchronous::default(),
            addr: "127.0.0.1:0".to_owned(),
            public_url: None,
            body_limit: BODY_LIMIT,
            rate_limit: None,
            limits: Limits::default(),
            kept_answers: MOST_ANSWERS,
            faults: Vec::new(),
            objects: Vec::new(),
        }
    }
}

impl ServerBuilder {
    /// The form of the API to speak. Default: [`Contract::Documented`]. Records that are there
    /// already, made under either, are shown as this one says; their ids stay what they are.
    pub fn contract(mut self, contract: Contract) -> Self {
        self.contract = contract;
        self
    }

    /// The workspace in the paths: ASCII letters, digits, `-`, `_` and `.`. Default: `local`.
    pub fn workspace(mut self, slug: impl Into<String>) -> Self {
        self.workspace.name = slug.into();
        self
    }

    /// The key that requests must carry: visible ASCII without spaces. Default: a new one is made,
    /// see [`Server::api_key`].
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.workspace.keys = vec![ApiKey::new(key)];
        self
    }

    /// Adds another workspace, which keeps its records with the first one's; or, to one that was
    /// named before, another key. A key is good for its own workspaces alone, and no workspace sees
    /// anything of another.
    ///
    /// ```
    /// use clarify_server::{Server, WorkspaceSettings};
    ///
    /// let beta = WorkspaceSettings::new("beta").api_key("one").api_key("another");
    /// let server = Server::builder().workspace("acme").add_workspace(beta).start()?;
    /// for workspace in server.workspaces() {
    ///     println!("listening on {}", workspace.url());
    /// }
    /// # Ok::<(), clarify_server::Error>(())
    /// ```
    pub fn add_workspace(mut self, workspace: impl Into<WorkspaceSettings>) -> Self {
        self.others.push(workspace.into());
        self
    }

    /// Keeps records in memory until the service stops. This is the default.
    pub fn memory(mut self) -> Self {
        self.place = Place::Memory;
        self
    }

    /// Keeps records in this file, which is created when it is missing. One service at a time can
    /// have it.
    pub fn data(mut self, path: impl Into<PathBuf>) -> Self {
        self.place = Place::File(path.into());
        self
    }

    /// What a write to a file waits for before it is answered. Default: [`Synchronous::Full`], the
    /// disk.
    pub fn synchronous(mut self, synchronous: Synchronous) -> Self {
        self.synchronous = synchronous;
        self
    }

    /// The address to listen on, `host:port`. Default: a free port, reachable from this machine
    /// alone.
    pub fn addr(mut self, addr: impl Into<String>) -> Self {
        self.addr = addr.into();
        self
    }

    /// What the links in answers begin with, up to the path: `https://records.example`. Default:
    /// `http://` and the request's `Host`.
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// The largest body of a request, in bytes; a larger one is answered with 413. Default: 8 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// How many requests in a rolling minute one endpoint of a workspace takes; more are answered with 429 and
    /// `Retry-After`. Default: any number. The `X-RateLimit-*` headers are on every answer.
    pub fn rate_limit(mut self, requests: u32) -> Self {
        self.rate_limit = Some(requests);
        self
    }

    /// How long a request's line and headers may take from their first byte to their last; then the
    /// answer is 408 and the connection is closed. Default: 10 seconds.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use clarify_server::Server;
    ///
    /// let server = Server::builder()
    ///     .head_timeout(Duration::from_secs(2))
    ///     .body_timeout(Duration::from_secs(5))
    ///     .idle_timeout(Duration::from_secs(30))
    ///     .max_connections(64)
    ///     .start()?;
    /// # Ok::<(), clarify_server::Error>(())
    /// ```
    pub fn head_timeout(mut self, time: Duration) -> Self {
        self.limits.head = time;
        self
    }

    /// How long a request's body may take; then the answer is 408. An answer of which nothing is
    /// taken for as long is given up. Default: 60 seconds.
    pub fn body_timeout(mut self, time: Duration) -> Self {
        self.limits.body = time;
        self
    }

    /// How long a connection may stay open without a request. Default: 120 seconds.
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.limits.idle = time;
        self
    }

    /// How many connections may be open at once. One more closes the one that has been without a
    /// request for longest, or waits until there is such a one; requests under way go on. Default:
    /// 1,024, or less where the process may not open as many files.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.limits.connections = connections;
        self
    }

    /// How many bytes of what was answered to reads each workspace keeps, to answer the same again until
    /// something is written. Default: 16 MiB. With 0 each read is looked up, as it is in any case where
    /// records are in memory.
    pub fn kept_answers(mut self, bytes: usize) -> Self {
        self.kept_answers = bytes;
        self
    }

    /// Adds something that goes wrong on purpose.
    ///
    /// ```
    /// use clarify_server::{Fault, Server};
    ///
    /// let server = Server::builder().fault(Fault::status(500).nth(3)).start()?;
    /// # Ok::<(), clarify_server::Error>(())
    /// ```
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Adds a custom object, or the fields and options of a built-in object that it does not have
    /// yet, in each workspace. Whether it can be had is found out by [`start`](Self::start).
    pub fn register(mut self, object: &Object) -> Self {
        self.objects.push(object.clone());
        self
    }

    /// Starts the service. It may be called within an asynchronous runtime and without one: the
    /// service runs in threads of its own.
    ///
    /// # Errors
    ///
    /// When a setting can't be used, the address can't be listened on, the file can't be opened or
    /// was made by something else, or a registered object contradicts what the file has.
    pub fn start(self) -> Result<Server, Error> {
        self.check()?;
        Server::start(&self)
    }

    /// The workspaces, each once, with all that is said of it.
    pub(crate) fn workspaces(&self) -> impl Iterator<Item = WorkspaceSettings> {
        let mut all = vec![self.workspace.clone()];
        for more in &self.others {
            match all.iter_mut().find(|workspace| workspace.name == more.name) {
                Some(workspace) => workspace.add(more),
                None => all.push(more.clone()),
            }
        }
        all.into_iter()
    }

    fn check(&self) -> Result<(), Error> {
        self.workspace.check()?;
        self.others.iter().try_for_each(WorkspaceSettings::check)?;
        self.limits.check()?;
        self.faults.iter().try_for_each(Fault::check)?;
        match &self.public_url {
            Some(url) if !url.starts_with("http://") && !url.starts_with("https://") => {
                Err(Error::Setting(format!("public URL `{url}`: expected http:// or https://")))
            }
            Some(url) if url.contains(['?', '#']) => {
                Err(Error::Setting(format!("public URL `{url}`: expected no query or fragment")))
            }
            _ => Ok(()),
        }
    }
}
