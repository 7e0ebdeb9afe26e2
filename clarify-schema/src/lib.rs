//! What an object of a Clarify workspace is: its name, its fields, their kinds and the rules they
//! keep.
//!
//! One model for everything that has to agree about it: the derive macro checks a struct against
//! it, `T::OBJECT` of a derived type is one, the client encodes and decodes by it, the records
//! service validates and filters by it.
//!
//! ```
//! use clarify_schema::{Field, Kind, Object, Operator, built_in};
//!
//! // Objects can be constants, as the derive macro makes them …
//! const FIELDS: &[Field] = &[
//!     Field::new("order_number", Kind::Text).required().unique(),
//!     Field::new("total", Kind::Currency),
//! ];
//! const SALES_ORDER: &Object = &Object::new("c_sales_order", FIELDS);
//! assert_eq!(SALES_ORDER.unique_field().unwrap().name, "order_number");
//! assert_eq!(SALES_ORDER.id_prefix(), "rec_");
//!
//! // … and the objects every workspace has are known.
//! let person = built_in("person").unwrap();
//! let emails = person.field("email_addresses").unwrap();
//! assert!(emails.unique && emails.kind.is_collection());
//! assert!(emails.kind.allows(Operator::Contains));
//! assert!(!emails.kind.allows(Operator::GreaterThan));
//! ```
//!
//! With the feature `documents`, `Object` is read from and written to the JSON Schema form that
//! the API's `GET /schemas` speaks (`read_schema`, `write_schema`). With `plan`, it is told
//! what a workspace lacks of some objects, step by step (`plan`).

mod builtin;
mod decimal;
mod difference;
#[cfg(feature = "documents")]
mod documents;
mod field;
mod kind;
mod name;
mod nearest;
mod object;
mod operator;
#[cfg(feature = "plan")]
mod plan;

pub use builtin::{BUILT_INS, COMPANY, DEAL, MEETING, PERSON, TASK, built_in};
pub use decimal::{Decimal, DecimalError};
pub use difference::{
    Change, Difference, Effect, all_differences, differences, workspace_differences,
};
#[cfg(feature = "documents")]
pub use documents::{
    PULL, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SNAPSHOT_VARIABLE, SchemaError, SnapshotIndex,
    TABLE_MARK, TABLES_OF, read_schema, read_schemas, read_snapshot, read_table, says_its_kind,
    schema_documents, schema_id, snapshot_file, tables_of, write_field, write_schema,
    write_snapshot,
};
pub use field::Field;
pub use kind::Kind;
pub use name::{
    CUSTOM_PREFIX, MAX_FIELD_NAME, MAX_OBJECT_NAME, NameError, check_field_name, check_object_name,
    custom_object_name, option_text,
};
pub use nearest::nearest;
pub use object::Object;
pub use operator::Operator;
#[cfg(feature = "plan")]
pub use plan::{Alteration, Permission, Plan, Side, Step, StepLine, completed, plan};

/// A text that is borrowed in a constant and owned where it was read at run time.
pub type Text = std::borrow::Cow<'static, str>;
