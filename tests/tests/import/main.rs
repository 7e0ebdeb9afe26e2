//! Imports: every record in one outcome, in order, whatever happens.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

mod bodies;
mod checkpoints;
mod creates;
mod each;
mod entries;
mod faults;
mod refusals;
mod scene;
mod upserts;
