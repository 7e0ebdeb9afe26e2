//! The validation of records.

mod attributes;
mod pieces;
mod place;
mod text;
mod validate;
mod value;

pub use attributes::Attributes;
pub use text::{JsonText, Members, push_text};
pub use validate::{Problem, Write, read_attributes, validate};
pub use value::{
    collection, collection_items, date_time_microseconds, elements, item_key, whole_name,
};
