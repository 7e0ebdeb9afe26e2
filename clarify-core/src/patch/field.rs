//! What a patch takes: fields of its own object, by what can be done to them.

use clarify_schema::Text;

use super::Patch;
use crate::Field;
use crate::value::{FieldShape, FieldType, Item};

/// What a record of `T` can be changed by: a [`Patch`] of `T`.
#[diagnostic::on_unimplemented(
    message = "a record can only be changed by a patch of its own object",
    label = "no patch of this object",
    note = "`Patch::new().set(Person::TITLE, \"CEO\")` is one; of two values of the struct, `Patch::between`"
)]
pub trait PatchOf<T> {
    /// The patch.
    fn patch(&self) -> &Patch<T>;
}

#[diagnostic::do_not_recommend]
impl<T> PatchOf<T> for Patch<T> {
    fn patch(&self) -> &Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T> PatchOf<T> for &Patch<T> {
    fn patch(&self) -> &Patch<T> {
        self
    }
}

/// What a patch of `T` can change: a [`Field`] of `T`.
#[diagnostic::on_unimplemented(
    message = "a patch can only change fields of its own object",
    label = "no field of this object",
    note = "fields are constants of the struct: `Person::TITLE`"
)]
pub trait FieldOf<T> {
    /// The field's type.
    type Value: FieldShape;

    /// The field's name on the wire.
    fn name(&self) -> Text;
}

#[diagnostic::do_not_recommend]
impl<T, V: FieldShape> FieldOf<T> for Field<T, V> {
    type Value = V;

    fn name(&self) -> Text {
        Self::name(*self).into()
    }
}

/// The type of a field that programs write, and not the service alone.
#[diagnostic::on_unimplemented(
    message = "only the service writes this field",
    label = "a read-only field"
)]
pub trait Writable {}

#[diagnostic::do_not_recommend]
impl<V: FieldType> Writable for V {}

#[diagnostic::do_not_recommend]
impl<V> Writable for Option<V> {}

#[diagnostic::do_not_recommend]
impl<V> Writable for Vec<V> {}

/// The type of a field that programs may empty: an `Option`, or a collection.
#[diagnostic::on_unimplemented(
    message = "this field can't be cleared: it is required, or only the service writes it",
    label = "not an `Option`, and not a collection"
)]
pub trait Clearable: FieldShape {
    /// What is sent to clear it.
    #[doc(hidden)]
    const CLEARED: &'static str;
}

#[diagnostic::do_not_recommend]
impl<V> Clearable for Option<V>
where
    Self: FieldShape,
{
    const CLEARED: &'static str = "null";
}

#[diagnostic::do_not_recommend]
impl<V> Clearable for Vec<V>
where
    Self: FieldShape,
{
    const CLEARED: &'static str = "{\"items\":[]}";
}

/// The type of a field that items can be added to and taken from: a collection.
#[diagnostic::on_unimplemented(
    message = "only a collection can be appended to, or have items removed",
    label = "not a collection",
    note = "use `set`, which replaces the value"
)]
pub trait Appendable: FieldShape {}

#[diagnostic::do_not_recommend]
impl<V: Item> Appendable for Vec<V> {}
