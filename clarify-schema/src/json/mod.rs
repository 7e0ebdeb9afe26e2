//! The validation of records.

mod attributes;
mod place;
mod text;
mod validate;
mod value;

pub use attributes::Attributes;
pub use text::{JsonText, Members};
pub use validate::{Problem, Write, read_attributes, validate};
pub use value::{collection, date_time_microseconds, item_key, whole_name};
