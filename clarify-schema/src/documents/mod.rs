//! The JSON form of objects: schema documents, and the snapshots made of them.

mod document;
mod keys;
mod layout;
mod listing;
mod property;
mod snapshot;
mod table;

pub use document::{SchemaError, read_schema, schema_id, write_schema};
pub use listing::{read_schemas, schema_documents};
pub use property::says_its_kind;
pub use snapshot::{
    PULL, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SNAPSHOT_VARIABLE, SnapshotIndex, read_snapshot,
    snapshot_file, write_field, write_snapshot,
};
pub use table::{TABLE_MARK, TABLES_OF, read_table, tables_of};
