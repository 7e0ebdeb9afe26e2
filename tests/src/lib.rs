//! The client and the service as one system, over real HTTP.
//!
//! What stands here is shared by the test programs in `tests/`:
//!
//! - [`cases`](mod@cases): the one list of what the API says, each rule with the function that
//!   shows it;
//! - [`conformance`]: shows the cases on any service, and leaves nothing behind there;
//! - [`fidelity`]: the endpoints, and the rules that no case has, for the page that says how our
//!   service stands to each;
//! - [`World`]: the service that a case is shown on, and how it is talked to;
//! - [`line`](mod@line): how requests get to it;
//! - [`objects`]: the structs of the workspace;
//! - [`script`] and [`clock`]: a transport that answers by a script, and a clock that nobody waits
//!   for;
//! - [`wire`]: a server that answers whatever a test tells it to, for what a good one never does;
//! - [`bench`](mod@bench): how the benchmarks in `benches/` print figures and start processes;
//! - [`misbehaving`]: a server between a client and a real service, that loses, delays and refuses
//!   as a test tells it to, or speaks for the service as the hosted one would.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

mod answer;
pub mod bench;
pub mod cases;
pub mod clock;
pub mod conformance;
pub mod fidelity;
pub mod line;
pub mod misbehaving;
pub mod objects;
pub mod script;
pub mod wire;
mod world;

pub use answer::{Answer, Refused, written};
pub use world::World;

/// A folder of the real data that is not part of this repository; nothing, and a line that says so,
/// where it is not there.
#[must_use]
pub fn data(name: &str) -> Option<std::path::PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let path = std::path::Path::new(folder).join(name);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
