//! The attributes of a record as JSON: taken apart no further than has to be, and checked against
//! their object.
//!
//! The service takes records by these rules, and a dry run of the client knows by them what it would
//! take.
//!
//! ```
//! use clarify_attributes::{Write, read_attributes};
//! use clarify_schema::COMPANY;
//!
//! let sent = r#"{"name": "CERN", "domains": {"items": ["cern.ch", "CERN.ch"]}}"#;
//! let kept = read_attributes(&COMPANY, sent, Write::Create).unwrap();
//! assert_eq!(kept.get("domains"), Some(r#"{"items":["cern.ch"]}"#));
//!
//! let problems = read_attributes(&COMPANY, r#"{"naem": 1}"#, Write::Create).unwrap_err();
//! assert!(problems[0].detail.ends_with("did you mean `name`?"));
//! ```

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
