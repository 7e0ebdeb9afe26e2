//! The service over real sockets: each rule of its contract at least once.
// What a test does not expect ends it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod bulk;
mod client;
mod durability;
mod faults;
mod filters;
mod heads;
mod kept;
mod library;
mod lists;
mod merges;
mod openapi;
mod refusals;
mod schema_edits;
mod schemas;
mod single;
mod slow;
mod snapshots;
mod socket;
mod transport;
mod watching;
mod workspaces;
