//! The client: calls with a connection.

mod background;
mod builder;
mod check;
mod clock;
mod explain;
mod list;
mod operation;
mod rate;
mod records;
mod retry;
mod schemas;
mod send;
mod trace;
pub mod transport;
mod update;
mod upsert;

use std::fmt;
use std::sync::Arc;

pub(crate) use background::Background;
pub use builder::ClientBuilder;
pub use check::{Agreement, Check};
pub use clock::Clock;
#[cfg(not(target_arch = "wasm32"))]
pub use clock::SystemClock;
pub use explain::Explanation;
pub use list::{EachRecord, List, ListToken, Page, Pages};
pub use operation::Operation;
pub use records::Records;
pub use retry::RetryPolicy;
pub use schemas::Schemas;
pub use update::{BulkUpdate, Update};
pub use upsert::Upsert;

use crate::request::{Call, Calls};
use crate::schema::{self, Object, check_object_name};
use crate::{Attributes, ClarifyObject, Error};
pub(crate) use send::{Read, Sender};

/// A connection to one workspace. Cloning is cheap, and clones share their connections, their rate
/// limits and what they may spend on retries.
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
    sender: Arc<Sender>,
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
        Records::new(self.clone(), Calls::new())
    }

    /// The records of an object that no struct describes, with the same calls on JSON attributes.
    ///
    /// The unique fields of the built-in objects are known. For a custom object, say which field
    /// upserts match on, or give the whole object with [`dynamic_object`](Self::dynamic_object).
    ///
    /// ```no_run
    /// # use clarify_core::{Attributes, Client};
    /// # async fn example(clarify: Client) -> Result<(), clarify_core::Error> {
    /// use serde_json::json;
    ///
    /// let things = clarify.dynamic("c_thing")?.match_on("number");
    /// let thing = Attributes::from_iter([("number", json!("T-1")), ("weight", json!(2.5))]);
    /// let saved = things.upsert(&thing).await?;
    /// println!("{}: {}", saved.id, saved.attributes["weight"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When it is no name that an object can have.
    pub fn dynamic(&self, object: &str) -> Result<Records<Attributes>, Error> {
        if let Some(object) = schema::built_in(object) {
            return Ok(self.dynamic_object(object.clone()));
        }
        check_object_name(object).map_err(|error| Error::config(error.to_string()))?;
        Ok(Records::new(self.clone(), Calls::named(object.to_owned())))
    }

    /// [`dynamic`](Self::dynamic) for an object whose schema is at hand.
    #[must_use]
    pub fn dynamic_object(&self, object: Object) -> Records<Attributes> {
        Records::new(self.clone(), Calls::of(object))
    }

    /// The objects of the workspace with their fields, built-in ones and custom ones, as its
    /// `GET /schemas` has them.
    ///
    /// What the service says of fields that this version does not know is passed over, and so are
    /// objects that hold no records.
    ///
    /// ```no_run
    /// # async fn example(clarify: clarify_core::Client) -> Result<(), clarify_core::Error> {
    /// for object in clarify.schemas().await? {
    ///     let unique = object.unique_field().map(|field| &*field.name);
    ///     println!("{}: {} fields, unique: {unique:?}", object.name, object.fields.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn schemas(&self) -> Schemas {
        Schemas::new(self.clone())
    }

    /// Checks a struct against the workspace's object as it is now: what the derive checks while
    /// compiling, for programs that run for long.
    ///
    /// ```no_run
    /// # use clarify_core::{ClarifyObject, Client};
    /// # #[derive(ClarifyObject)]
    /// # #[clarify(object = "person")]
    /// # struct Person { title: Option<String> }
    /// # async fn example(clarify: Client) -> Result<(), clarify_core::Error> {
    /// let agreement = clarify.check::<Person>().await?;
    /// if !agreement.fits() {
    ///     eprintln!("{agreement}"); // person.title: every record must have a value: breaks writing
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn check<T: ClarifyObject>(&self) -> Check<T> {
        Check::new(self.clone())
    }

    /// Sends a call, and reads its answer.
    pub(crate) async fn send<A: Send>(&self, call: &Call, read: Read<A>) -> Result<A, Error> {
        self.sender.send(call, read, &self.sender.policy, false, &mut |_, _| {}).await
    }

    /// The time of day, by the client's clock.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.sender.clock.timestamp()
    }

    /// What sends calls, for who has a policy of its own or wants word of each failure.
    pub(crate) fn sender(&self) -> &Sender {
        &self.sender
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every member is named, so that a new one is not shown by accident.
        let Sender {
            endpoint,
            key: _,
            transport,
            clock: _,
            policy,
            budget: _,
            rates: _,
            has_tasks: _,
        } = self.sender();
        f.debug_struct("Client")
            .field("endpoint", endpoint)
            .field("transport", transport)
            .field("retries", policy)
            .finish_non_exhaustive()
    }
}
