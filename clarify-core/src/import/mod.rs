//! Writing any number of records.
//!
//! What is asked for stands in an [`Import`], which [`Records::import`](crate::Records::import) and its
//! like make; what becomes of each record, in an [`Imported`]; how many came to which end, in a
//! [`Report`].

// Items are read (`advance`) and encoded (`unit`), kept apart where they would meet (`queue`), put
// together (`parcel`), sent (`lanes`) until each has its end (`batch`), and given out in their order
// (`outcomes`).

mod advance;
mod batch;
mod checkpoint;
mod entry;
mod event;
mod key;
mod lanes;
mod outcome;
mod outcomes;
mod parcel;
mod queue;
mod report;
mod settings;
mod source;
mod unit;
mod waiting;
mod work;

pub use checkpoint::Checkpoint;
pub use entry::Entry;
pub use event::{Event, Progress};
pub use outcome::{End, Imported};
pub use outcomes::Outcomes;
pub use report::{Report, Stopped};
pub use settings::Import;
pub use source::{ImportSource, Source};
pub(crate) use unit::Unit;
pub(crate) use work::Work;
