//! Programs of their own, as cargo and the compiler see them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

mod agreement;
mod program;
mod rebuilds;
mod tables;
