//! What a workspace for tests begins with.

use std::path::PathBuf;

use clarify_core::schema::Object;
use clarify_core::{ClarifyObject, Client};
use clarify_server::{Contract, Fault, WorkspaceSettings};
use jiff::Timestamp;

use crate::seeds::{self, Seed};
use crate::service::{new_name, service};
use crate::{Error, Workspace};

/// What a workspace begins with; made by [`workspace`](crate::workspace).
///
/// ```
/// use clarify_core::ClarifyObject;
/// use clarify_testing::{Contract, Fault};
///
/// #[derive(ClarifyObject)]
/// struct Ticket {
///     #[clarify(unique)]
///     number: String,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clarify_testing::Error> {
/// let test = clarify_testing::workspace()
///     .seed([Ticket { number: "T-1".into() }])
///     .contract(Contract::Live)
///     .time("2024-03-01T12:00:00Z")
///     .fault(Fault::status(503).nth(1))
///     .open()
///     .await?;
/// let tickets = test.records::<Ticket>().list().await?;
/// assert_eq!(tickets.records.len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use = "a workspace is there once it is opened"]
pub struct WorkspaceBuilder {
    name: Option<String>,
    contract: Contract,
    data: Option<PathBuf>,
    stored_as: Option<String>,
    objects: Vec<Object>,
    seeds: Vec<Seed>,
    time: Option<String>,
    rate_limit: Option<u32>,
    faults: Vec<Fault>,
}

impl WorkspaceBuilder {
    /// Adds the object of a type, or its fields to a built-in object.
    pub fn object<T: ClarifyObject>(self) -> Self {
        self.register(T::OBJECT)
    }

    /// Adds an object that no type describes.
    pub fn register(mut self, object: &Object) -> Self {
        self.objects.push(object.clone());
        self
    }

    /// Begins with these records, and with their object. They are created in this order; what the
    /// service made of them is told by [`Workspace::seeded`]. Records that name others by their ids
    /// can be seeded later, by [`Workspace::seed`].
    pub fn seed<T: ClarifyObject>(self, records: impl IntoIterator<Item = T>) -> Self {
        let mut builder = self.object::<T>();
        builder.seeds.push(seeds::seed(records.into_iter().collect()));
        builder
    }

    /// Speaks this form of the API. Default: [`Contract::Documented`].
    pub fn contract(mut self, contract: Contract) -> Self {
        self.contract = contract;
        self
    }

    /// Is called so in the paths. Default: a name that no other workspace has.
    pub fn name(mut self, slug: impl Into<String>) -> Self {
        self.name = Some(slug.into());
        self
    }

    /// Begins with the records of this file, which `clarify serve --data` or `clarify_server` has
    /// made, however many they are. The file stays as it is: what is written is gone with the
    /// workspace. While one test has the file, another works with a copy.
    pub fn data(mut self, path: impl Into<PathBuf>) -> Self {
        self.data = Some(path.into());
        self
    }

    /// Which workspace of the [file](Self::data) is meant, where it has several.
    pub fn stored_as(mut self, name: impl Into<String>) -> Self {
        self.stored_as = Some(name.into());
        self
    }

    /// Sets the clock before anything is seeded: see [`Workspace::set_time`].
    pub fn time(mut self, time: impl Into<String>) -> Self {
        self.time = Some(time.into());
        self
    }

    /// Limits how many requests in a minute one endpoint takes, once all is seeded.
    pub fn rate_limit(mut self, requests: u32) -> Self {
        self.rate_limit = Some(requests);
        self
    }

    /// Lets something go wrong on purpose, once all is seeded.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Opens the workspace, in the one service of the process.
    ///
    /// # Errors
    ///
    /// When the service can't be started, an object contradicts another or the file, a record is not
    /// good, or a setting can't be used.
    pub async fn open(self) -> Result<Workspace, Error> {
        let opened = service()?.open_workspace(self.settings())?;
        if let Some(time) = &self.time {
            opened.set_time(timestamp(time)?);
        }
        self.objects.iter().try_for_each(|object| opened.register(object))?;
        let client = client(&opened)?;
        let mut seeded = Vec::with_capacity(self.seeds.len());
        for seed in self.seeds {
            seeded.push(seed(client.clone()).await?);
        }
        // None of this is what the program asks.
        opened.forget_requests();
        if let Some(requests) = self.rate_limit {
            opened.rate_limit(requests);
        }
        self.faults.into_iter().try_for_each(|fault| opened.fault(fault))?;
        Workspace::new(opened, client, seeded)
    }

    fn settings(&self) -> WorkspaceSettings {
        let name = self.name.clone().unwrap_or_else(new_name);
        let mut settings = WorkspaceSettings::new(name).contract(self.contract).keep_requests();
        if let Some(path) = &self.data {
            settings = settings.unchanged_data(path);
        }
        match &self.stored_as {
            Some(name) => settings.stored_as(name),
            None => settings,
        }
    }
}

fn client(workspace: &clarify_server::Workspace) -> Result<Client, Error> {
    let client = Client::builder(workspace.name()).api_key(workspace.api_key());
    Ok(client.base_url(workspace.url()).build()?)
}

pub(crate) fn timestamp(text: &str) -> Result<Timestamp, Error> {
    text.parse().map_err(|error| {
        Error::Time(format!("expected a time like `2024-03-01T12:00:00Z`, found `{text}`: {error}"))
    })
}
