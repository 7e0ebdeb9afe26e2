//! The commands as a program, against a running service.
// What a test does not expect ends it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod connection;
mod export;
mod import;
mod lists;
mod login;
mod northwind;
mod objects;
mod pages;
mod records;
mod scene;
mod schema;
#[cfg(target_os = "linux")]
mod terminal;
mod verbose;
