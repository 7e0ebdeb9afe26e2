//! A server that stands in front of a real service and misbehaves as a test tells it to.
//!
//! ```
//! use clarify_server::Server;
//! use clarify_tests::misbehaving::{Fault, Misbehaving, On};
//!
//! let server = Server::builder().start()?;
//! let proxy = Misbehaving::before(&server)
//!     .seed(7)
//!     .fault(Fault::TooMany { retry_after: Some("1".into()) }, On::Share(0.05))
//!     .fault(Fault::CloseAfterCommit, On::Nth(3))
//!     .on_route("POST", "/records/bulk")
//!     .start();
//! let client = proxy.client();
//! // … and afterwards:
//! assert_eq!(proxy.count(), 0);
//! # drop(client);
//! # Ok::<(), clarify_server::Error>(())
//! ```
//!
//! Every connection is kept open between requests and has one to the service that belongs to it.
//! Bodies have their length in the head; a request in chunks ends its connection.

mod builder;
mod canned;
mod chance;
mod deliver;
mod fault;
mod live;
mod message;
mod peer;
mod plan;
mod rate;
mod seen;
mod serve;
mod target;
mod upstream;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use clarify_core::{Client, ClientBuilder};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

pub use builder::{Dialect, MisbehavingBuilder};
pub use fault::{Fault, On};
pub use seen::Seen;
use serve::Service;
pub use upstream::Upstream;

/// How long a hook that is under way is waited for at the end.
const GRACE: Duration = Duration::from_secs(1);

/// A server in front of a service, on its own thread. It stops when it is dropped, with all its
/// connections.
pub struct Misbehaving {
    address: SocketAddr,
    service: Arc<Service>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Misbehaving {
    /// Sets up a server in front of this service.
    pub fn before(upstream: impl Into<Upstream>) -> MisbehavingBuilder {
        MisbehavingBuilder::new(upstream.into())
    }

    fn start(service: Service) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        listener.set_nonblocking(true).expect("a listener needn't block");
        let address = listener.local_addr().expect("a listener has an address");
        let service = Arc::new(service);
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&service);
        let thread = std::thread::spawn(move || run(listener, served, stopped));
        Self { address, service, stop: Some(stop), thread: Some(thread) }
    }

    /// The URL that the API's paths begin with: `http://127.0.0.1:PORT/v1/workspaces/acme`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1/workspaces/{}", self.address, self.service.upstream.workspace)
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The workspace of the service.
    #[must_use]
    pub fn workspace(&self) -> &str {
        &self.service.upstream.workspace
    }

    /// The key of the service.
    #[must_use]
    pub fn api_key(&self) -> &str {
        &self.service.upstream.key
    }

    /// A client of this server with the service's workspace and key, to be changed and built.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder(self.workspace()).api_key(self.api_key()).base_url(self.url())
    }

    /// A client of this server.
    #[must_use]
    pub fn client(&self) -> Client {
        self.builder().build().expect("the client can be built")
    }

    /// The requests so far, in the order of their heads.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        self.service.book.seen()
    }

    /// How many requests there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.service.book.count()
    }

    /// The most requests that were under way at once. One that its client no longer waits for is
    /// under way until it is done.
    #[must_use]
    pub fn in_flight_peak(&self) -> usize {
        self.service.book.peak()
    }

    /// Adds no more faults from now on. The dialect and the rate limit stay.
    pub fn behave(&self) {
        self.service.book.forget_faults();
    }

    /// The id under which clients see the record that the service knows by `id`.
    #[must_use]
    pub fn shown_id(&self, object: &str, id: &str) -> String {
        match &self.service.live {
            Some(live) => live.shown_id(object, id),
            None => id.to_owned(),
        }
    }
}

impl Drop for Misbehaving {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(listener: TcpListener, service: Arc<Service>, stopped: oneshot::Receiver<()>) {
    let runtime = runtime();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("the listener is good");
        serve::serve(listener, service, stopped).await;
    });
    runtime.shutdown_timeout(GRACE);
}

/// Two threads: what is done for a request is little, and the service needs the others.
fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).thread_name("misbehaving").enable_all();
    builder.build().expect("a runtime can be started")
}
