//! Every call as a value: what is sent, and how its answer is read. No sockets here.
//!
//! A [`Call`] knows its verb, path, query and body; [`Call::to_http`] makes the whole request of it
//! for an [`Endpoint`]. What comes back is an [`Answer`], and the functions of [`read`] make records
//! of it. [`Client`](crate::Client) is this with a connection; a program with an HTTP stack of its
//! own can use it without one.
//!
//! ```
//! use clarify_core::request::{Answer, Calls, Endpoint, read};
//! use clarify_core::{ApiKey, ClarifyObject};
//!
//! #[derive(ClarifyObject)]
//! #[clarify(object = "person")]
//! struct Person {
//!     email_addresses: Vec<String>,
//! }
//!
//! let taylor = Person { email_addresses: vec!["taylor@example.com".into()] };
//! let call = Calls::new().create(&taylor)?;
//! let endpoint = Endpoint::new("https://api.clarify.ai/v1", "acme")?;
//! let request = call.to_http(&endpoint, &ApiKey::new("secret"))?;
//! assert_eq!(request.uri().path(), "/v1/workspaces/acme/objects/person/records");
//!
//! let body = r#"{"data":{"id":"per_1","type":"person","attributes":{}}}"#;
//! let answer = Answer::new(201, body);
//! let record = read::record::<Person>(&call, &answer)?;
//! assert_eq!(record.id.as_str(), "per_1");
//! # Ok::<(), clarify_core::Error>(())
//! ```

mod call;
mod calls;
mod endpoint;
mod key;
mod list;
pub mod read;
mod schemas;
pub(crate) mod write;

pub use call::{Answer, Call};
pub use calls::Calls;
pub use endpoint::Endpoint;
pub use key::ApiKey;
pub use list::{ListQuery, PAGE_SIZE};
pub use schemas::SchemaCalls;
