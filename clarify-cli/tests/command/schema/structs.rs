//! The structs of a crate.
