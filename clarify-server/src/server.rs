//! A running service.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use clarify_schema::Object;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::oneshot;

use crate::http::App;
use crate::store::{Counts, Store};
use crate::{Error, Seed, ServerBuilder, Workspace, WorkspaceSettings, http};

/// How long requests under way are waited for when the service stops.
const GRACE: Duration = Duration::from_secs(5);

/// How many threads read at once; each has a connection to the file, with its cache.
const READERS: usize = 16;

/// A running service. It stops when it is dropped; [`stop`](Self::stop) says so.
///
/// ```
/// use clarify_server::Server;
///
/// let server = Server::builder().start()?;
/// println!("listening on {}", server.url());
/// server.stop();
/// # Ok::<(), clarify_server::Error>(())
/// ```
pub struct Server {
    app: Arc<App>,
    first: Workspace,
    others: Vec<Workspace>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// The key is left out.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Server {
    /// The settings of a new service.
    pub fn builder() -> ServerBuilder {
        ServerBuilder::default()
    }

    pub(crate) fn start(settings: &ServerBuilder) -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("clarify-server")
            .max_blocking_threads(READERS)
            .enable_all()
            .build()
            .map_err(|error| Error::Runtime(error.to_string()))?;
        match Self::open(settings, runtime.handle()) {
            Ok((server, listener)) => server.run(runtime, listener),
            Err(error) => {
                // Who starts it may be in another runtime, where this one can't be waited for.
                runtime.shutdown_background();
                Err(error)
            }
        }
    }

    fn open(settings: &ServerBuilder, runtime: &Handle) -> Result<(Self, TcpListener), Error> {
        let counts = Arc::<Counts>::default();
        let store = Arc::new(Store::open(&settings.place, settings.synchronous, &counts)?);
        let (listener, addr) = listen(&settings.addr)?;
        let app = App::new(Arc::clone(&store), counts, addr, runtime.clone(), settings);
        let open = |workspace: WorkspaceSettings| {
            Workspace::open(&app, Some(Arc::clone(&store)), &workspace, &settings.objects)
        };
        let mut workspaces = settings.workspaces();
        let first = workspaces.next().unwrap_or_else(|| settings.workspace.clone());
        let (first, others) = (open(first)?, workspaces.map(open).collect::<Result<_, _>>()?);
        Ok((Self { app: Arc::new(app), first, others, stop: None, thread: None }, listener))
    }

    fn run(mut self, runtime: Runtime, listener: TcpListener) -> Result<Self, Error> {
        let (stop, stopped) = oneshot::channel();
        let app = Arc::clone(&self.app);
        let thread = std::thread::Builder::new()
            .name("clarify-server".to_owned())
            .spawn(move || {
                runtime.block_on(serve(listener, app, stopped));
                // A list that is still searched for has nobody to be shown to.
                runtime.shutdown_timeout(Duration::ZERO);
            })
            .map_err(|error| Error::Runtime(error.to_string()))?;
        (self.stop, self.thread) = (Some(stop), Some(thread));
        Ok(self)
    }

    /// The URL that the API's paths begin with: `http://127.0.0.1:8787/v1/workspaces/acme`.
    #[must_use]
    pub fn url(&self) -> String {
        self.first.url()
    }

    /// The address it listens on, with the port that it found.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.app.addr
    }

    /// The key that requests must carry.
    #[must_use]
    pub fn api_key(&self) -> &str {
        self.first.api_key()
    }

    /// The name of the workspace it serves; of the first, if there are several.
    #[must_use]
    pub fn workspace(&self) -> &str {
        self.first.name()
    }

    /// Adds a custom object, or the fields and options of a known object that it does not have yet.
    ///
    /// # Errors
    ///
    /// When a field's kind or the unique field contradicts what the workspace has, a name breaks
    /// the rules for names, or the object can't be kept.
    pub fn register(&self, object: &Object) -> Result<(), Error> {
        self.first.register(object)
    }

    /// Inserts records with given ids and times, checked as a create is, but never matched.
    ///
    /// ```
    /// use clarify_server::{Seed, Server};
    ///
    /// let server = Server::builder().start()?;
    /// let moment = "2024-03-01T12:00:00Z".parse().unwrap();
    /// server.seed("deal", [Seed::new("dea_1", r#"{"amount": 9.5}"#).created_at(moment)])?;
    /// # Ok::<(), clarify_server::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the object is unknown, an id or a unique value is taken, or attributes are not good; no
    /// seed is inserted then.
    pub fn seed(&self, object: &str, seeds: impl IntoIterator<Item = Seed>) -> Result<(), Error> {
        self.first.seed(object, seeds)
    }

    /// The workspaces it was started with, in the order in which they were added.
    pub fn workspaces(&self) -> impl Iterator<Item = &Workspace> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// Opens another workspace, which keeps its records in memory of its own unless its settings
    /// name a file. It is there until it is dropped.
    ///
    /// # Errors
    ///
    /// When there is one of this name, or its settings can't be used.
    pub fn open_workspace(
        &self,
        workspace: impl Into<WorkspaceSettings>,
    ) -> Result<Workspace, Error> {
        let workspace = workspace.into();
        workspace.check()?;
        Workspace::open(&self.app, None, &workspace, &[])
    }

    /// Stops the service: no new connections, and up to five seconds for the requests under way.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The service may have ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn listen(addr: &str) -> Result<(TcpListener, SocketAddr), Error> {
    let bind = || {
        let listener = TcpListener::bind(addr)?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        Ok((listener, addr))
    };
    bind().map_err(|error: std::io::Error| Error::Address {
        address: addr.to_owned(),
        reason: error.to_string(),
    })
}

async fn serve(listener: TcpListener, app: Arc<App>, stopped: oneshot::Receiver<()>) {
    let (closing, closed) = oneshot::channel();
    let stop = async move {
        // A sender that is gone means the same.
        let _ = stopped.await;
        let _ = closing.send(());
    };
    let served = http::serve(listener, app, stop);
    let deadline = async move {
        let _ = closed.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        result = served => {
            if let Err(error) = result {
                tracing::error!(target: "clarify_server", %error, "the service ended");
            }
        }
        () = deadline => {
            tracing::warn!(target: "clarify_server", "requests under way were cut off");
        }
    }
}
