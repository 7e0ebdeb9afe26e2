//! What the derive macro makes of a struct, and what a record can be.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use clarify_schema::{Field, Object, Text};

use crate::codec::{Encode, Encoder, ExtraSlot, Row, Slot};

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
    fn encode(&self, row: &mut Encoder<'_>);

    #[doc(hidden)]
    fn fill(row: &mut dyn Row, slots: &mut [&mut dyn Slot]) -> bool {
        row.fill(Self::OBJECT, slots, None).is_some()
    }

    #[doc(hidden)]
    fn fill_with(
        row: &mut dyn Row,
        slots: &mut [&mut dyn Slot],
        extra: Option<&mut dyn ExtraSlot>,
    ) -> bool {
        row.fill(Self::OBJECT, slots, extra).is_some()
    }

    #[doc(hidden)]
    fn hand_over(row: &mut Encoder<'_>, values: &[&dyn Encode]) {
        row.fields(Self::OBJECT, values);
    }
}

/// An object with a unique field, which upserts match on. Meetings and tasks have none.
#[diagnostic::on_unimplemented(
    message = "this object has no unique field, so there is nothing an upsert could match on",
    label = "needs a unique field",
    note = "use `create`, or `import_new` for many; or, if the object has a unique field, mark it with `#[clarify(unique)]`"
)]
pub trait HasUniqueField: RecordType {}

/// What the records of an object are in a program: a struct that derives [`ClarifyObject`], or
/// [`Attributes`](crate::Attributes) for an object that is known at run time alone.
#[diagnostic::on_unimplemented(
    message = "this type is no object of a workspace",
    label = "not an object",
    note = "add `#[derive(clarify_core::ClarifyObject)]` to the struct"
)]
pub trait RecordType: EncodeRow + Sized + Send + Sync + 'static {
    #[doc(hidden)]
    fn decode_row(row: &mut dyn Row) -> Option<Self>;
}

/// What can be handed over as a record to be sent, whichever its type.
pub trait EncodeRow {
    #[doc(hidden)]
    fn encode_row(&self, object: &Object, row: &mut Encoder<'_>);
}

#[diagnostic::do_not_recommend]
impl<T: ClarifyObject> RecordType for T {
    fn decode_row(row: &mut dyn Row) -> Option<Self> {
        T::decode(row)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ClarifyObject> EncodeRow for T {
    fn encode_row(&self, _: &Object, row: &mut Encoder<'_>) {
        self.encode(row);
    }
}

/// An object that calls are about.
#[derive(Clone, Debug)]
pub(crate) enum ObjectRef {
    /// The table of a struct.
    Derived(&'static Object),
    /// One that was read or made at run time.
    Given(Arc<Object>),
    /// One of which the name is known, and perhaps the unique field.
    Named(Arc<Object>),
}

impl ObjectRef {
    /// Whether the object's fields are known.
    pub(crate) const fn is_known(&self) -> bool {
        !matches!(self, Self::Named(_))
    }

    pub(crate) fn name(&self) -> Text {
        match self {
            Self::Derived(object) => Cow::Borrowed(&object.name),
            Self::Given(object) | Self::Named(object) => Cow::Owned(object.name.to_string()),
        }
    }
}

impl Deref for ObjectRef {
    type Target = Object;

    fn deref(&self) -> &Object {
        match self {
            Self::Derived(object) => object,
            Self::Given(object) | Self::Named(object) => object,
        }
    }
}
