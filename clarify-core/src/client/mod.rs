//! The client: calls with a connection.

mod builder;
mod list;
mod operation;
mod records;
mod transport;

use std::fmt;
use std::sync::Arc;

pub use builder::ClientBuilder;
pub use list::{List, Page};
pub use operation::Operation;
pub use records::Records;

use crate::request::{Answer, ApiKey, Call, Endpoint};
use crate::{ClarifyObject, Error};
use transport::Transport;

/// How the answer of a call becomes what the caller wants.
pub(crate) type Read<A> = fn(&Call, &Answer) -> Result<A, Error>;

/// A connection to one workspace. Cloning is cheap, and clones share their connections.
///
/// ```no_run
/// use clarify_core::{Client, ClarifyObject};
///
/// #[derive(Debug, ClarifyObject)]
/// #[clarify(object = "company")]
/// struct Company {
///     name: Option<String>,
///     #[clarify(unique)]
///     domains: Vec<String>,
/// }
///
/// # async fn example() -> Result<(), clarify_core::Error> {
/// let clarify = Client::builder("acme").api_key("secret").build()?;
/// let companies = clarify.records::<Company>();
/// let cern = Company { name: Some("CERN".into()), domains: vec!["cern.ch".into()] };
/// let saved = companies.upsert(&cern).await?;
/// println!("{} is {}", saved.id, saved.attributes.name.as_deref().unwrap_or("nameless"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    endpoint: Endpoint,
    key: ApiKey,
    transport: Transport,
}

impl Client {
    /// Sets up a client for the workspace with this slug, the last part of its address.
    pub fn builder(workspace: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(workspace.into())
    }

    /// A client from the environment: `CLARIFY_API_KEY`, `CLARIFY_WORKSPACE`, and, for a service
    /// other than the hosted one, `CLARIFY_BASE_URL`.
    ///
    /// # Errors
    ///
    /// When a variable is missing or can't be used; the error names it.
    pub fn from_env() -> Result<Self, Error> {
        builder::from_env(&|name| std::env::var(name).ok())
    }

    /// The records of one object.
    #[must_use]
    pub fn records<T: ClarifyObject>(&self) -> Records<T> {
        Records::new(self.clone())
    }

    /// Sends a call, and reads its answer.
    pub(crate) async fn send<A>(&self, call: &Call, read: Read<A>) -> Result<A, Error> {
        let answer = self.answer(call).await?;
        read(call, &answer).map_err(|error| self.inner.key.keep_out_of(error))
    }

    async fn answer(&self, call: &Call) -> Result<Answer, Error> {
        let request = call.to_http(&self.inner.endpoint, &self.inner.key)?;
        self.inner.transport.send(request).await.map_err(|cause| call.error(cause))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every member is named, so that a new one is not shown by accident.
        let Inner { endpoint, key: _, transport: _ } = &*self.inner;
        f.debug_struct("Client").field("endpoint", endpoint).finish_non_exhaustive()
    }
}
