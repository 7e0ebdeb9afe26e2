//! A records service that keeps Clarify's API contract, on your own machine: for developing and
//! testing programs without the hosted service.
//!
//! It is a real service and no mock: records live in memory or in a SQLite file, every write is
//! checked against its object's schema, upserts match on unique fields, lists are filtered, sorted
//! and paged. A write is answered only after it has reached the disk. It speaks the documented
//! contract, or the hosted service's where that is asked for: [`Contract`].
//!
//! ```
//! use clarify_schema::{Field, Kind, Object};
//! use clarify_server::{Seed, Server};
//!
//! const FIELDS: &[Field] = &[Field::new("number", Kind::Text).required().unique()];
//! const TICKET: &Object = &Object::new("c_ticket", FIELDS);
//!
//! let server = Server::builder().workspace("acme").register(TICKET).start()?;
//! server.seed("person", [Seed::new("per_1", r#"{"name": "Ana"}"#)])?;
//!
//! // Point a client at it, with its key.
//! assert!(server.url().ends_with("/v1/workspaces/acme"));
//! assert!(!server.api_key().is_empty());
//! # Ok::<(), clarify_server::Error>(())
//! ```
//!
//! `GET /healthz` says whether it can work, `GET /metrics` what it did, in Prometheus' text form, and
//! `GET /openapi.json` what can be asked of it.
//! Each request is an event of `tracing` with the target `clarify_server::access`. Things go wrong on
//! purpose by a [`Fault`].
//!
//! The service stops when [`Server`] is dropped.

mod builder;
mod contract;
mod engine;
mod error;
mod fault;
mod http;
mod request;
mod server;
mod store;
mod synchronous;
mod workspace;
mod workspace_settings;

pub use builder::ServerBuilder;
pub use contract::Contract;
pub use engine::Seed;
pub use error::Error;
pub use fault::Fault;
pub use request::Request;
pub use server::Server;
pub use synchronous::Synchronous;
pub use workspace::Workspace;
pub use workspace_settings::WorkspaceSettings;
