//! Rust source for the objects of a Clarify workspace: structs, and enums for their selects.
//!
//! [`plan`] decides what everything is called and typed; [`write`](mod@write) lays it out as
//! rustfmt does. Nothing here reads or parses Rust, so that the macro `clarify_core::objects!` costs
//! little: `clarify schema generate`, which keeps what people changed, does that.
//!
//! ```
//! use clarify_codegen::{Names, Paths, module, plan};
//! use clarify_schema::{Field, Kind, Object};
//!
//! let ticket = Object::named("c_ticket", vec![Field::new("isOpen", Kind::Checkbox)]);
//! let source = module(&plan(&[ticket], &Names::default()), &Paths::Imported);
//! assert!(source.contains("pub struct Ticket {"));
//! assert!(source.contains("#[clarify(rename = \"isOpen\")]\n    pub is_open: Option<bool>,"));
//! ```

mod docs;
mod item;
mod names;
mod paths;
mod plan;
mod types;
pub mod write;

pub use item::{Generated, LeftOut, Member, Select, Stranger, Struct, Variant};
pub use names::{Names, ident};
pub use paths::{IMPORTS, Paths, folder};
pub use plan::{Plan, new_variants, plan};
pub use types::{Leaf, Many, Type};
pub use write::module;
