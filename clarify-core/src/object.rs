//! What the derive macro makes of a struct.

use clarify_schema::{Field, Object};

use crate::codec::{Encoder, Row};

/// A struct that is an object of the workspace. Derive it with
/// [`#[derive(ClarifyObject)]`](derive@crate::ClarifyObject).
///
/// Everything else follows from the table, [`OBJECT`](Self::OBJECT): what is sent and read, what a
/// service is to know of the object, what upserts match on.
#[diagnostic::on_unimplemented(
    message = "this type is no object of a workspace",
    label = "not an object",
    note = "add `#[derive(clarify_core::ClarifyObject)]` to the struct"
)]
pub trait ClarifyObject: Sized + Send + Sync + 'static {
    /// The object's name: `person`, or `c_sales_order`.
    const NAME: &'static str;

    #[doc(hidden)]
    const FIELDS: &'static [Field];

    /// The object: its name and its fields with their kinds and rules.
    const OBJECT: &'static Object = &Object::new(Self::NAME, Self::FIELDS);

    #[doc(hidden)]
    fn decode(row: &mut dyn Row) -> Option<Self>;

    #[doc(hidden)]
    fn encode(&self, row: &mut Encoder);
}

/// An object with a unique field, which upserts match on. Meetings and tasks have none.
#[diagnostic::on_unimplemented(
    message = "this object has no unique field, so there is nothing an upsert could match on",
    label = "needs a unique field",
    note = "use `create`; or, if the object has a unique field, mark it with `#[clarify(unique)]`"
)]
pub trait HasUniqueField: ClarifyObject {}
