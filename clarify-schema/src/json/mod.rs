//! The validation of records.

mod validate;
mod value;

pub use validate::{Attributes, Problem, Write, read_attributes, validate};
pub use value::item_key;
