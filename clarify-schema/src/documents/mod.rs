//! The JSON form of objects: schema documents, and the snapshots made of them.

mod document;
mod layout;
mod listing;
mod property;
mod snapshot;

pub use document::{SchemaError, read_schema, write_schema};
pub use listing::read_schemas;
pub use property::says_its_kind;
pub use snapshot::{
    PULL, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SnapshotIndex, read_snapshot, snapshot_file,
    write_snapshot,
};
