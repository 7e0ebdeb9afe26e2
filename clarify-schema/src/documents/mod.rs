//! The JSON form of objects: schema documents.

mod document;
mod listing;
mod property;

pub use document::{SchemaError, read_schema, write_schema};
pub use listing::read_schemas;
