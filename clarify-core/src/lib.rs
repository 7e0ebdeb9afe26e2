//! Typed records for the [Clarify](https://www.clarify.ai) API.
//!
//! A struct describes an object of the workspace; `#[derive(ClarifyObject)]` makes a table of it,
//! and everything else follows from the table: what is sent and how it is read, filters that only
//! ask what a field's kind allows, patches that tell *keep*, *set* and *clear* apart.
//!
//! ```no_run
//! use clarify_core::{ClarifyObject, ClarifySelect, Client, Patch, RecordId};
//!
//! /// A lead or contact.
//! #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! #[clarify(object = "person")]
//! struct Person {
//!     name: Option<String>,
//!     #[clarify(unique)]
//!     email_addresses: Vec<String>, // a collection: {"items": [...]} on the wire, always
//!     title: Option<String>,
//! }
//!
//! /// A custom object: the name `c_sales_order` comes from the struct's.
//! #[derive(Debug, Clone, PartialEq, ClarifyObject)]
//! struct SalesOrder {
//!     #[clarify(unique)]
//!     order_number: String,
//!     total: Option<f64>,
//!     status: OrderStatus,
//!     buyer_id: Option<RecordId<Person>>, // a to-one link
//! }
//!
//! #[derive(Debug, Clone, PartialEq, ClarifySelect)]
//! enum OrderStatus {
//!     Draft,
//!     Submitted,
//!     #[clarify(other)]
//!     Other(String),
//! }
//!
//! # async fn example() -> Result<(), clarify_core::Error> {
//! let clarify = Client::from_env()?;
//! let people = clarify.records::<Person>();
//! let taylor = Person {
//!     name: Some("Taylor Reeves".into()),
//!     email_addresses: vec!["taylor@example.com".into()],
//!     title: Some("VP of Sales".into()),
//! };
//! let saved = people.upsert(&taylor).await?;
//! let page = people.list().filter(Person::TITLE.contains("VP")).sort(Person::NAME.asc()).await?;
//! people.update(&saved.id, Patch::new().set(Person::TITLE, "CRO").clear(Person::NAME)).await?;
//! people.delete(&saved.id).await?;
//! # Ok(())
//! # }
//! ```
//!
//! The calls, and where each stands on the API's Records page:
//!
//! | call | request |
//! | --- | --- |
//! | [`create`](Records::create), [`upsert`](Records::upsert) | `POST /objects/{object}/records` |
//! | [`bulk_create`](Records::bulk_create), [`bulk_upsert`](Records::bulk_upsert) | `POST /objects/{object}/records/bulk` |
//! | [`get`](Records::get) | `GET /objects/{object}/records/{id}` |
//! | [`list`](Records::list) | `GET /objects/{object}/resources` |
//! | [`update`](Records::update) | `PATCH /objects/{object}/records/{id}` |
//! | [`bulk_update`](Records::bulk_update) | `PATCH /objects/{object}/records` |
//! | [`delete`](Records::delete) | `DELETE /objects/{object}/records/{id}` |
//! | [`bulk_delete`](Records::bulk_delete) | `DELETE /objects/{object}/records` |

//! Each is a value that is sent when it is awaited, and tried again where that is safe
//! ([`RetryPolicy`]). Over them stand [`List::records`] for all records of a list and
//! [`Records::import`] for any number of records to write. [`cookbook`] shows them at work.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `derive` (on) | the derive macros |
//! | `rustls` (on) | TLS by rustls, with aws-lc and the system's certificates |
//! | `rustls-no-provider` | the same, with the cryptography that the program installs |
//! | `native-tls` | the system's own TLS |
//! | `blocking` | the same calls without async: `clarify_core::blocking` |
//! | `chrono`, `time` | the dates and times of these crates as field types; jiff's always are |
//!
//! Without any TLS only a service on this machine can be reached, or what a
//! [`Transport`](transport::Transport) of the program's own reaches. For `wasm32-unknown-unknown` the
//! crate builds without either: there the program gives a transport and a [`Clock`].

// What the derive macros emit names this crate, and so do the examples in the docs.
extern crate self as clarify_core;

mod batch;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod class;
mod client;
mod codec;
mod compile;
mod condition;
pub mod cookbook;
mod dynamic;
mod error;
mod field;
pub mod import;
mod members;
mod object;
mod operand;
mod patch;
mod record;
pub mod request;
mod value;

pub use batch::{Batch, BatchError, BatchLength, Batches, Length, MAX_BATCH, RecordOf};
#[cfg(not(target_arch = "wasm32"))]
pub use client::SystemClock;
pub use client::transport;
pub use client::{
    Agreement, BulkUpdate, Check, Client, ClientBuilder, Clock, EachRecord, Explanation, List,
    ListToken, Operation, Page, Pages, Records, RetryPolicy, Schemas, Update, Upsert,
};
pub use codec::ExtraFields;
pub use condition::{Condition, ConditionOn, Sort, SortOn};
pub use dynamic::{Attributes, JsonField, JsonItems, RawAttributes};
pub use error::{Error, Problem};
pub use field::{Field, ReadOnly};
pub use object::{ClarifyObject, HasUniqueField, RecordType};
pub use operand::{Operand, SetTo};
pub use patch::{Appendable, Clearable, FieldOf, Patch, PatchOf, Writable};
pub use record::{IdOf, Outcome, Record, UnreadableRow};
pub use request::ApiKey;
pub use value::{
    ClarifySelect, FieldShape, FieldType, Form, Item, LinkTarget, Mismatch, PersonName, RecordId,
    RichText, User, Wire, Writer,
};

#[cfg(feature = "derive")]
pub use clarify_derive::{ClarifyObject, ClarifySelect, objects};
pub use clarify_schema::{Decimal, Kind};
/// Whose types fields have. A program that names them from here needs one dependency, and always has
/// the version that is meant.
#[doc(no_inline)]
pub use {jiff, serde_json};

/// What an object is, and whether a record's attributes are good for one.
pub mod schema {
    #[doc(no_inline)]
    pub use {clarify_attributes::*, clarify_schema::*};
}

/// What the derive macros' output calls, and nobody else. It changes without notice; the two crates
/// are released together.
#[doc(hidden)]
pub mod __private {
    pub use std::borrow::Cow::Borrowed;
    pub use std::option::Option::{self, None, Some};
    pub use std::result::Result::{self, Ok};
    pub use std::string::String;

    pub use clarify_schema::{Field as Column, Kind, Text};

    pub use crate::class;
    pub use crate::codec::{
        Encode, Encoder, ExtraShape, ExtraSlot, ExtraSlotOf, Row, Skipped, Slot, SlotOf, extra_of,
        give_up, skipped,
    };
    pub use crate::compile::{tell_table, told_length};
    pub use crate::field::{Field, ReadOnly, at};
    pub use crate::object::{ClarifyObject, HasUniqueField};
    pub use crate::value::{
        ClarifySelect, FieldType, Form, Item, Mismatch, OtherText, Shape, Wire, Writer, of,
        read_option, write_option,
    };
}
