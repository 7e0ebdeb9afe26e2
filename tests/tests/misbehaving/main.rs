//! The server that misbehaves: that it loses, delays, refuses and translates exactly what it says,
//! for what is shown with it is worth no more than this.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

mod common;
mod faults;
mod live;
mod refusals;
mod server;
