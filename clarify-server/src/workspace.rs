//! A workspace of a running service.

use std::net::SocketAddr;
use std::sync::Arc;

use clarify_schema::Object;

use crate::engine::Engine;
use crate::http::{ApiKey, App, Workspaces};
use crate::store::Store;
use crate::{Error, Seed, WorkspaceSettings};

/// A workspace of a running service; made by [`Server::open_workspace`]. When it is dropped the
/// service no longer has it: what was kept in memory is gone.
///
/// ```
/// use clarify_server::{Seed, Server};
///
/// let server = Server::builder().start()?;
/// let workspace = server.open_workspace("beta")?;
/// workspace.seed("person", [Seed::new("per_1", r#"{"name": "Ana"}"#)])?;
/// assert!(workspace.url().ends_with("/v1/workspaces/beta"));
/// # Ok::<(), clarify_server::Error>(())
/// ```
///
/// [`Server::open_workspace`]: crate::Server::open_workspace
pub struct Workspace {
    engine: Arc<Engine>,
    key: ApiKey,
    addr: SocketAddr,
    open: Arc<Workspaces>,
}

/// The key is left out.
impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Workspace {
    /// Opens a workspace of records that `store` has, with these objects.
    pub(crate) fn open(
        app: &App,
        store: Arc<Store>,
        settings: WorkspaceSettings,
        objects: &[Object],
    ) -> Result<Self, Error> {
        let WorkspaceSettings { name, mut keys, contract, place } = settings;
        let store = match place {
            Some(place) => Arc::new(Store::open(&place, &app.counts)?),
            None => store,
        };
        let contract = contract.unwrap_or(app.contract).terms();
        let engine = Arc::new(Engine::open(store, &name, contract)?);
        objects.iter().try_for_each(|object| engine.register(object))?;
        let key = keys.first().cloned().unwrap_or_else(ApiKey::random);
        if keys.is_empty() {
            keys.push(key.clone());
        }
        app.open(Arc::clone(&engine), &keys)?;
        Ok(Self { engine, key, addr: app.addr, open: Arc::clone(&app.workspaces) })
    }

    /// The URL that the API's paths begin with: `http://127.0.0.1:8787/v1/workspaces/acme`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1/workspaces/{}", self.addr, self.name())
    }

    /// What it is called in the paths.
    #[must_use]
    pub fn name(&self) -> &str {
        self.engine.workspace()
    }

    /// The key that requests must carry; the first one if there are several.
    #[must_use]
    pub fn api_key(&self) -> &str {
        self.key.reveal()
    }

    /// Adds a custom object, or the fields and options of a known object that it does not have yet.
    ///
    /// # Errors
    ///
    /// When a field's kind or the unique field contradicts what the workspace has, a name breaks
    /// the rules for names, or the object can't be kept.
    pub fn register(&self, object: &Object) -> Result<(), Error> {
        self.engine.register(object)
    }

    /// Inserts records with given ids and times, checked as a create is, but never matched.
    ///
    /// # Errors
    ///
    /// When the object is unknown, an id or a unique value is taken, or attributes are not good; no
    /// seed is inserted then.
    pub fn seed(&self, object: &str, seeds: impl IntoIterator<Item = Seed>) -> Result<(), Error> {
        self.engine.seed(object, &seeds.into_iter().collect::<Vec<_>>())
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        self.open.close(self.engine.workspace());
    }
}
