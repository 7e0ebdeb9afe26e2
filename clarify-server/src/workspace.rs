//! A workspace of a running service.

mod rehearse;

use std::net::SocketAddr;
use std::sync::Arc;

use clarify_schema::Object;
use tokio::runtime::Handle;

use crate::engine::Engine;
use crate::http::{ApiKey, App, Hosted, Workspaces};
use crate::store::{Place, Store};
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
    hosted: Arc<Hosted>,
    key: ApiKey,
    addr: SocketAddr,
    open: Arc<Workspaces>,
    runtime: Handle,
    /// Whether nobody else's records are in its store.
    is_alone: bool,
}

/// The key is left out.
impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Workspace {
    /// Opens a workspace of records that are in `store`, which it may share, or else in a store of
    /// its own, with these objects.
    pub(crate) fn open(
        app: &App,
        store: Option<Arc<Store>>,
        settings: &WorkspaceSettings,
        objects: &[Object],
    ) -> Result<Self, Error> {
        let is_alone = store.is_none() || settings.place.is_some();
        let store = match (&settings.place, store) {
            (None, Some(store)) => store,
            (place, _) => {
                let place = place.clone().unwrap_or_default();
                Store::open(&place, app.synchronous, &app.counts)?.into()
            }
        };
        let contract = settings.contract.unwrap_or(app.contract).terms();
        let engine = Engine::open(Arc::clone(&store), &stored_name(&store, settings)?, contract)?;
        objects.iter().try_for_each(|object| engine.register(object))?;
        let mut keys = settings.keys.clone();
        let key = keys.first().cloned().unwrap_or_else(ApiKey::random);
        if keys.is_empty() {
            keys.push(key.clone());
        }
        let hosted = app.open(engine, settings, &keys)?;
        let (open, runtime) = (Arc::clone(&app.workspaces), app.runtime.clone());
        Ok(Self { hosted, key, addr: app.addr, open, runtime, is_alone })
    }

    /// The URL that the API's paths begin with: `http://127.0.0.1:8787/v1/workspaces/acme`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1/workspaces/{}", self.addr, self.name())
    }

    /// What it is called in the paths.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.hosted.name
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
        self.hosted.engine.register(object)
    }

    /// Inserts records with given ids and times, checked as a create is, but never matched.
    ///
    /// # Errors
    ///
    /// When the object is unknown, an id or a unique value is taken, or attributes are not good; no
    /// seed is inserted then.
    pub fn seed(&self, object: &str, seeds: impl IntoIterator<Item = Seed>) -> Result<(), Error> {
        self.hosted.engine.seed(object, &seeds.into_iter().collect::<Vec<_>>())
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        self.open.close(&self.hosted.name);
    }
}

/// What the workspace is called in its store.
fn stored_name(store: &Store, settings: &WorkspaceSettings) -> Result<String, Error> {
    let WorkspaceSettings { name, stored_as, place, .. } = settings;
    let wanted = stored_as.as_ref().unwrap_or(name);
    let Some(Place::Unchanged(path)) = place else { return Ok(wanted.clone()) };
    let there = store.workspaces()?;
    match there.as_slice() {
        [only] if stored_as.is_none() => Ok(only.clone()),
        all if all.contains(wanted) => Ok(wanted.clone()),
        all => Err(Error::Data(format!(
            "{}: it has no workspace `{}`, but `{}`",
            path.display(),
            wanted.escape_debug(),
            all.join("`, `")
        ))),
    }
}
