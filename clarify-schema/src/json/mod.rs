//! The JSON forms: schema documents and the validation of records.

mod document;
mod property;
mod validate;
mod value;

pub use document::{SchemaError, read_schema, write_schema};
pub use validate::{Attributes, Problem, Write, read_attributes, validate};
pub use value::item_key;
