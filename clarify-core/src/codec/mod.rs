//! Between structs and JSON, by the table of each object.
//!
//! The derive macro emits no loops and no parsers: `decode` makes one empty slot for each field and
//! hands all of them to [`Row::fill`], `encode` hands over the fields. What turns them from and into
//! JSON is here, and is compiled once whatever the number of structs.

mod column;
mod extra;
mod read;
mod slot;
mod write;

pub use extra::{ExtraFields, ExtraShape, ExtraSlot, ExtraSlotOf, extra_of};
pub use read::Row;
pub(crate) use read::{
    Document, Head, Meta, OneRow, RowProblem, Sink, mistake, read_document, read_one,
};
pub use slot::{Skipped, Slot, SlotOf, give_up, skipped};
pub(crate) use write::Encoded;
pub use write::{Encode, Encoder};

/// An object without a table: for rows of which the fields are kept as they come, or not at all.
pub(crate) static NO_FIELDS: clarify_schema::Object = clarify_schema::Object::new("", &[]);
