//! A workspace that a test has for itself.

use std::time::Duration;

use clarify_core::schema::Object;
use clarify_core::{ClarifyObject, Client, Record, Records};
use clarify_server::Fault;

use crate::builder::timestamp;
use crate::seeds::{self, Seeded};
use crate::{Error, Requests};

/// The snapshot that [`Workspace::reset`] goes back to.
const OPENED: &str = "opened";

/// A workspace that a test has for itself: what it does is seen by no other, and gone when this is
/// dropped.
///
/// The calls that do not say `async` may be made anywhere, and so may those of the client with
/// `clarify_core::blocking`.
#[derive(Debug)]
pub struct Workspace {
    opened: clarify_server::Workspace,
    client: Client,
    seeded: Vec<Seeded>,
}

impl Workspace {
    pub(crate) fn new(
        opened: clarify_server::Workspace,
        client: Client,
        seeded: Vec<Seeded>,
    ) -> Result<Self, Error> {
        opened.take_snapshot(OPENED)?;
        Ok(Self { opened, client, seeded })
    }

    /// A client for it.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// The records of an object, as the client sees them: `test.client().records::<T>()`.
    #[must_use]
    pub fn records<T: ClarifyObject>(&self) -> Records<T> {
        self.client.records()
    }

    /// The URL that the API's paths begin with.
    #[must_use]
    pub fn url(&self) -> String {
        self.opened.url()
    }

    /// What it is called in the paths.
    #[must_use]
    pub fn name(&self) -> &str {
        self.opened.name()
    }

    /// The key that requests must carry.
    #[must_use]
    pub fn api_key(&self) -> &str {
        self.opened.api_key()
    }

    /// The environment that `Client::from_env()` reads, for a program that is run:
    /// `Command::new(path).envs(test.env())`.
    #[must_use]
    pub fn env(&self) -> [(&'static str, String); 3] {
        [
            ("CLARIFY_WORKSPACE", self.name().to_owned()),
            ("CLARIFY_API_KEY", self.api_key().to_owned()),
            ("CLARIFY_BASE_URL", self.url()),
        ]
    }

    /// The records of a type that it began with, in order: their ids, and what the service made of
    /// them.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), clarify_testing::Error> {
    /// # use clarify_core::ClarifyObject;
    /// # #[derive(Debug, ClarifyObject)]
    /// # struct Ticket { number: Option<String> }
    /// let first = Ticket { number: Some("T-1".into()) };
    /// let second = Ticket { number: Some("T-2".into()) };
    /// let test = clarify_testing::workspace().seed([first, second]).open().await?;
    ///
    /// let [first, second] = test.seeded::<Ticket>()[..] else { panic!() };
    /// test.records().delete(first).await?;
    /// assert_eq!(second.attributes.number.as_deref(), Some("T-2"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn seeded<T: ClarifyObject>(&self) -> Vec<&Record<T>> {
        self.seeded.iter().filter_map(|seeded| seeded.downcast_ref::<Vec<_>>()).flatten().collect()
    }

    /// Creates records now, in order, and adds their object. They are requests like any other.
    ///
    /// # Errors
    ///
    /// When one is not good, which is then named, or has a unique value that is taken.
    pub async fn seed<T: ClarifyObject>(
        &self,
        records: impl IntoIterator<Item = T>,
    ) -> Result<Vec<Record<T>>, Error> {
        self.opened.register(T::OBJECT)?;
        seeds::write(&self.client, records.into_iter().collect()).await
    }

    /// Adds an object, or fields to one that is there.
    ///
    /// # Errors
    ///
    /// When it contradicts what the workspace has.
    pub fn register(&self, object: &Object) -> Result<(), Error> {
        Ok(self.opened.register(object)?)
    }

    /// Remembers everything as it is now, by this name. It takes no longer where there is more.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn snapshot(&self, name: &str) -> Result<(), Error> {
        Ok(self.opened.take_snapshot(name)?)
    }

    /// Brings everything back to what it was at a snapshot: records, objects and their fields. It
    /// takes as long as the changes since took at most, however many records there are. All
    /// snapshots stay, so one can go back and forth. Requests that are under way are waited for.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), clarify_testing::Error> {
    /// # use clarify_core::ClarifyObject;
    /// # #[derive(Debug, ClarifyObject)]
    /// # struct Ticket { number: Option<String> }
    /// # let ticket = |number: &str| Ticket { number: Some(number.into()) };
    /// let test = clarify_testing::workspace().object::<Ticket>().open().await?;
    /// let tickets = test.records::<Ticket>();
    /// tickets.create(&ticket("T-1")).await?;
    /// test.snapshot("one ticket")?;
    ///
    /// tickets.create(&ticket("T-2")).await?;
    /// test.restore("one ticket")?;
    /// assert_eq!(tickets.list().await?.records.len(), 1);
    ///
    /// test.reset()?;
    /// assert!(tickets.list().await?.records.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When there is no snapshot of this name, or the store fails.
    pub fn restore(&self, name: &str) -> Result<(), Error> {
        Ok(self.opened.restore(name)?)
    }

    /// Brings everything back to what it was when the workspace was opened, with the records that it
    /// began with: to the snapshot `opened`. The clock, the faults and the requests stay.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn reset(&self) -> Result<(), Error> {
        self.restore(OPENED)
    }

    /// The requests that it received since it was opened, the latest 10,000 of them. Those that
    /// seeded it are not among them.
    #[must_use]
    pub fn requests(&self) -> Requests {
        Requests(self.opened.requests())
    }

    /// Forgets the requests that it received.
    pub fn forget_requests(&self) {
        self.opened.forget_requests();
    }

    /// Waits until it has answered so many requests since it was opened, or since they were
    /// forgotten; for programs that send some of their own accord.
    ///
    /// # Errors
    ///
    /// It has none of its own; with `clarify_core::blocking`, that no thread can be started.
    pub async fn wait_for_requests(&self, count: u64) -> Result<Requests, Error> {
        self.opened.answered(count).await;
        Ok(self.requests())
    }

    /// Sets the clock by which records are created and changed, `2024-03-01T12:00:00Z`. It stands
    /// still from then on, but for [`advance`](Self::advance). The ids of new records go up all the
    /// same.
    ///
    /// # Errors
    ///
    /// When the text is no time.
    pub fn set_time(&self, time: &str) -> Result<(), Error> {
        self.opened.set_time(timestamp(time)?);
        Ok(())
    }

    /// Puts the clock forward. So much of a rate limit's minute has then passed, too.
    pub fn advance(&self, time: Duration) {
        self.opened.advance(time);
    }

    /// Limits how many requests in a minute one endpoint takes, from now on.
    pub fn rate_limit(&self, requests: u32) {
        self.opened.rate_limit(requests);
    }

    /// Lets something go wrong on purpose, from now on.
    ///
    /// # Errors
    ///
    /// When it could befall nobody.
    pub fn fault(&self, fault: Fault) -> Result<(), Error> {
        Ok(self.opened.fault(fault)?)
    }

    /// Lets nothing go wrong any more.
    pub fn clear_faults(&self) {
        self.opened.clear_faults();
    }
}
