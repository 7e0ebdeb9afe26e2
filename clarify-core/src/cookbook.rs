//! How things are done. There is no code in this module, only recipes; each of them compiles.
//!
//! # A client with limits of its own
//!
//! A timeout is for one try, the policy for all of them.
//!
//! ```
//! use std::time::Duration;
//! use clarify_core::{Client, RetryPolicy};
//!
//! # fn main() -> Result<(), clarify_core::Error> {
//! let clarify = Client::builder("acme")
//!     .api_key("secret")
//!     .timeout(Duration::from_secs(10))
//!     .retry(RetryPolicy::new().tries(3).total_time(Duration::from_secs(30)))
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Write a record, whether it is there or not
//!
//! `upsert` matches on the unique field. What is `None` or empty is not mentioned, so a record that is
//! there keeps it.
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "company")]
//! # struct Company { name: Option<String>, #[clarify(unique)] domains: Vec<String>, employee_count: Option<u32> }
//! use clarify_core::{Error, Outcome, Records};
//!
//! async fn save(companies: &Records<Company>) -> Result<(), Error> {
//!     let cern = Company {
//!         name: Some("CERN".into()),
//!         domains: vec!["cern.ch".into()],
//!         employee_count: None,
//!     };
//!     let saved = companies.upsert(&cern).await?;
//!     match saved.outcome {
//!         Some(Outcome::Created) => println!("{} is new", saved.id),
//!         Some(Outcome::Matched) => println!("{} was there", saved.id),
//!         _ => println!("{} is there; the service does not say since when", saved.id),
//!     }
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! # Empty a field
//!
//! `None` never clears. Say it: in an upsert, or in a patch.
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "person")]
//! # struct Person { name: Option<String>, #[clarify(unique)] email_addresses: Vec<String>, title: Option<String>, labels: Vec<String> }
//! use clarify_core::{Error, Patch, RecordId, Records};
//!
//! async fn retire(people: &Records<Person>, taylor: &Person, id: &RecordId<Person>) -> Result<(), Error> {
//!     people.upsert(taylor).clear(Person::TITLE).await?;
//!     people.update(id, Patch::new().clear(Person::TITLE)).await?;
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! # Change what has changed
//!
//! A patch between two states sends what differs, and nothing where nothing does.
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "person")]
//! # struct Person { name: Option<String>, #[clarify(unique)] email_addresses: Vec<String>, title: Option<String>, labels: Vec<String> }
//! use clarify_core::{Error, Patch, Record, Records};
//!
//! async fn promote(people: &Records<Person>, record: Record<Person>) -> Result<(), Error> {
//!     let mut person = record.attributes.clone();
//!     person.title = Some("Chief Revenue Officer".into());
//!     match people.update(&record, Patch::between(&record.attributes, &person)).await? {
//!         Some(changed) => println!("changed at {:?}", changed.updated_at),
//!         None => println!("it was so before: nothing was sent"),
//!     }
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! # Add to a collection
//!
//! `append` and `remove` leave the other items as they are; `set` replaces them all.
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "person")]
//! # struct Person { name: Option<String>, #[clarify(unique)] email_addresses: Vec<String>, title: Option<String>, labels: Vec<String> }
//! use clarify_core::{Error, Patch, RecordId, Records};
//!
//! async fn label(people: &Records<Person>, id: &RecordId<Person>) -> Result<(), Error> {
//!     let patch = Patch::new()
//!         .append(Person::LABELS, ["champion"])
//!         .remove(Person::EMAIL_ADDRESSES, ["old@example.com"]);
//!     people.update(id, patch).await?;
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! # Find records
//!
//! A field offers the operators of its kind. All conditions must hold: the API has no *or*, other than
//! between the values of one field (`one_of`).
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # struct SalesOrder { #[clarify(unique)] order_number: String, total: Option<f64>, status: Option<OrderStatus>, ordered_on: Option<jiff::civil::Date> }
//! # #[derive(Debug, Clone, PartialEq, clarify_core::ClarifySelect)]
//! # enum OrderStatus { Draft, Submitted, #[clarify(other)] Other(String) }
//! use clarify_core::jiff::civil::date;
//! use clarify_core::{Error, Record, Records};
//!
//! async fn big_orders(orders: &Records<SalesOrder>) -> Result<Vec<Record<SalesOrder>>, Error> {
//!     let page = orders
//!         .list()
//!         .filter(SalesOrder::TOTAL.within(1000..5000))
//!         .filter(SalesOrder::ORDERED_ON.on_or_after(date(2026, 1, 1)))
//!         .filter(SalesOrder::STATUS.one_of([OrderStatus::Draft, OrderStatus::Submitted]))
//!         .sort(SalesOrder::TOTAL.desc())
//!         .limit(25)
//!         .await?;
//!     println!("{} of {:?}", page.records.len(), page.total);
//!     Ok(page.records)
//! }
//! # fn main() {}
//! ```
//!
//! # Find one record, and count
//!
//! The one with a value in its unique field, and how many there are: both are pages of one record.
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # struct SalesOrder { #[clarify(unique)] order_number: String, total: Option<f64> }
//! use clarify_core::{Error, Record, Records};
//!
//! async fn numbered(
//!     orders: &Records<SalesOrder>,
//!     number: &str,
//! ) -> Result<Option<Record<SalesOrder>>, Error> {
//!     let found = orders.list().filter(SalesOrder::ORDER_NUMBER.is(number)).limit(1).strict();
//!     Ok(found.await?.records.pop())
//! }
//!
//! async fn count(orders: &Records<SalesOrder>) -> Result<Option<u64>, Error> {
//!     Ok(orders.list().limit(1).await?.total)
//! }
//! # fn main() {}
//! ```
//!
//! # Go through all of them, and go on later
//!
//! While a page is worked on, the next one is read. The token is a text to be kept. Records that do not
//! fit the struct are no error: they are [`unreadable`](crate::Page::unreadable), unless the list is
//! [`strict`](crate::List::strict).
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "person")]
//! # struct Person { name: Option<String>, #[clarify(unique)] email_addresses: Vec<String>, title: Option<String>, labels: Vec<String> }
//! use clarify_core::{Error, ListToken, Records};
//!
//! async fn all(people: &Records<Person>, left_at: Option<ListToken>) -> Result<ListToken, Error> {
//!     let mut list = people.list().own_fields();
//!     if let Some(token) = left_at {
//!         list = list.resume(&token)?;
//!     }
//!     let mut records = list.records();
//!     while let Some(person) = records.next().await {
//!         println!("{:?}", person?.attributes.name);
//!     }
//!     for row in records.unreadable() {
//!         eprintln!("{:?} does not fit: {:?}", row.id, row.problems);
//!     }
//!     records.token()
//! }
//! # fn main() {}
//! ```
//!
//! # Take what the struct does not know
//!
//! An option that is not in the enum goes into `#[clarify(other)]`, a field that is not in the struct
//! into `#[clarify(extra)]`. Both are sent back as they came.
//!
//! ```
//! use clarify_core::serde_json::{Map, Value};
//! use clarify_core::{ClarifyObject, ClarifySelect};
//!
//! #[derive(Debug, ClarifyObject)]
//! #[clarify(object = "deal")]
//! struct Deal {
//!     #[clarify(unique)]
//!     name: String,
//!     stage: Option<Stage>,
//!     #[clarify(extra)]
//!     rest: Map<String, Value>,
//! }
//!
//! #[derive(Debug, ClarifySelect)]
//! enum Stage {
//!     Won,
//!     Lost,
//!     #[clarify(other)]
//!     Other(String),
//! }
//! # fn main() {}
//! ```
//!
//! # Import any number of records
//!
//! Each ends in one outcome, in the order of the source; the item comes back with it.
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "company")]
//! # struct Company { name: Option<String>, #[clarify(unique)] domains: Vec<String>, employee_count: Option<u32> }
//! use clarify_core::import::End;
//! use clarify_core::{Error, Records};
//!
//! async fn import(companies: &Records<Company>, source: impl Iterator<Item = Company> + Send) -> Result<(), Error> {
//!     let mut outcomes = companies.import(source).concurrency(16).outcomes();
//!     while let Some(imported) = outcomes.next().await {
//!         match imported.end {
//!             End::Written { .. } => {}
//!             End::Refused(error) => eprintln!("mend {:?}: {error}", imported.item),
//!             End::Uncertain(error) => eprintln!("look for {:?}: {error}", imported.item),
//!             other => eprintln!("not sent: {:?}: {other:?}", imported.item),
//!         }
//!     }
//!     println!("{:?}", outcomes.progress());
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! # Look before an import
//!
//! A dry run sends nothing. It finds what the schema finds wrong.
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "company")]
//! # struct Company { name: Option<String>, #[clarify(unique)] domains: Vec<String>, employee_count: Option<u32> }
//! use clarify_core::{Error, Records};
//!
//! async fn check(companies: &Records<Company>, source: &[Company]) -> Result<bool, Error> {
//!     let report = companies.import(source).dry_run().await?;
//!     for failure in &report.failures {
//!         println!("record {}: {:?}", failure.index, failure.end.error());
//!     }
//!     Ok(report.is_complete())
//! }
//! # fn main() {}
//! ```
//!
//! # Go on with an import after a crash
//!
//! Keep the checkpoint before each batch is sent. Meetings have no unique field: what was sent and has
//! no known outcome is not sent again, but comes back as `Uncertain`.
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "meeting")]
//! # struct Meeting { title: Option<String> }
//! use clarify_core::import::{Checkpoint, Event};
//! use clarify_core::{Error, Records, serde_json};
//!
//! async fn import(meetings: &Records<Meeting>, source: Vec<Meeting>) -> Result<(), Error> {
//!     let kept = std::fs::read("import.json").ok();
//!     let checkpoint: Checkpoint =
//!         kept.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
//!     let report = meetings
//!         .import_new(source)
//!         .resume(checkpoint)
//!         .on_event(|event| {
//!             if let Event::Sending { checkpoint, .. } = event {
//!                 let json = serde_json::to_vec(checkpoint).unwrap_or_default();
//!                 std::fs::write("import.json", json).expect("the checkpoint is kept");
//!             }
//!         })
//!         .await?;
//!     println!("{} uncertain", report.progress.uncertain);
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! # Change or delete any number of records
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "person")]
//! # struct Person { name: Option<String>, #[clarify(unique)] email_addresses: Vec<String>, title: Option<String>, labels: Vec<String> }
//! use clarify_core::{Error, Patch, RecordId, Records};
//!
//! async fn tidy(people: &Records<Person>, ids: &[RecordId<Person>]) -> Result<(), Error> {
//!     let changes = ids.iter().map(|id| (id, Patch::new().remove(Person::LABELS, ["lead"])));
//!     people.update_each(changes).await?.into_result()?;
//!     people.delete_each(ids).await?.into_result()?;
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! # Tell errors apart
//!
//! A create whose answer was lost is not repeated: only the program can know whether to look for it.
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "meeting")]
//! # struct Meeting { title: Option<String> }
//! use clarify_core::{Record, Records};
//!
//! async fn plan(meetings: &Records<Meeting>, meeting: &Meeting) -> Option<Record<Meeting>> {
//!     let error = match meetings.create(meeting).await {
//!         Ok(record) => return Some(record),
//!         Err(error) => error,
//!     };
//!     if error.may_have_written() {
//!         eprintln!("perhaps written, look for it: {:?}", error.sent());
//!     } else if error.is_invalid() {
//!         for problem in error.problems() {
//!             eprintln!("{:?}: {}", problem.field(), problem.detail);
//!         }
//!     } else if error.is_unauthorized() {
//!         eprintln!("the key is not taken");
//!     } else {
//!         eprintln!("{error} (request {:?})", error.request_id());
//!     }
//!     None
//! }
//! # fn main() {}
//! ```
//!
//! # See what would be sent
//!
//! ```no_run
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "person")]
//! # struct Person { name: Option<String>, #[clarify(unique)] email_addresses: Vec<String>, title: Option<String>, labels: Vec<String> }
//! use clarify_core::{Error, Records};
//!
//! fn show(people: &Records<Person>) -> Result<(), Error> {
//!     println!("{}", people.list().filter(Person::TITLE.contains("VP")).explain()?);
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! # Without a struct
//!
//! The same calls on JSON attributes, for an object that is known at run time alone.
//!
//! ```no_run
//! use clarify_core::schema::Operator;
//! use clarify_core::serde_json::json;
//! use clarify_core::{Attributes, Client, Error, JsonField, Patch};
//!
//! async fn things(clarify: &Client) -> Result<(), Error> {
//!     let things = clarify.dynamic("c_thing")?.match_on("number");
//!     let thing = Attributes::from_iter([("number", json!("T-1")), ("weight", json!(2.5))]);
//!     let saved = things.upsert(&thing).await?;
//!     let weight = JsonField::new("weight");
//!     things.update(&saved, Patch::new().set(weight.clone(), json!(3))).await?;
//!     let heavy = things.list().filter(weight.when(Operator::GreaterThan, 2)).await?;
//!     println!("{} heavy things", heavy.records.len());
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! # Test without waiting
//!
//! A clock of the test's own makes every wait short, and a transport of its own answers what it
//! likes; it takes the crates `bytes` and `http` in your `Cargo.toml`. For more, `clarify_server::Server`
//! is a whole service on a free port.
//!
//! ```
//! # use clarify_core::ClarifyObject;
//! # #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! # #[clarify(object = "person")]
//! # struct Person { name: Option<String>, #[clarify(unique)] email_addresses: Vec<String>, title: Option<String>, labels: Vec<String> }
//! use std::time::{Duration, Instant};
//! use bytes::Bytes;
//! use clarify_core::transport::{Sending, Transport, TransportError};
//! use clarify_core::{Client, Clock, jiff};
//!
//! #[derive(Debug)]
//! struct NoTime;
//!
//! impl Clock for NoTime {
//!     fn timestamp(&self) -> jiff::Timestamp {
//!         jiff::Timestamp::UNIX_EPOCH
//!     }
//!     fn instant(&self) -> Instant {
//!         Instant::now()
//!     }
//!     fn sleep(&self, _: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>> {
//!         Box::pin(std::future::ready(()))
//!     }
//! }
//!
//! #[derive(Debug)]
//! struct Unreachable;
//!
//! impl Transport for Unreachable {
//!     fn send(&self, _: http::Request<Bytes>) -> Sending<'_> {
//!         Box::pin(std::future::ready(Err(TransportError::not_sent("nobody is there"))))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), clarify_core::Error> {
//! let clarify = Client::builder("acme").api_key("k").transport(Unreachable).clock(NoTime).build()?;
//! let error = clarify.records::<Person>().list().await.unwrap_err();
//! assert!(error.is_connect() && error.tries() == 5);
//! # Ok(())
//! # }
//! ```
