//! The validation of records.

mod validate;
mod value;

pub use validate::{Attributes, Problem, Write, read_attributes, validate};
pub use value::{date_time_microseconds, item_key, whole_name};
