//! Where decoded values wait until their record is whole.

use crate::value::{FieldShape, FieldType, Form, Mismatch, SlotOf, Wire};

/// Where the values of one field arrive.
pub trait Slot {
    /// What the slot is to be given.
    fn form(&self) -> Form;

    /// Whether values come as `{"items": [...]}`, one [`put`](Self::put) for each.
    fn is_collection(&self) -> bool;

    /// Takes a value; `null` is never handed over.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    fn put(&mut self, wire: Wire<'_>) -> Result<(), Mismatch>;

    /// After the last value: whether the slot has what its field holds.
    fn settle(&mut self) -> bool;
}

/// An empty slot for a field of this type.
pub const fn slot_of<V: FieldShape>() -> SlotOf<V> {
    V::EMPTY
}

impl<V: FieldShape> Slot for SlotOf<V> {
    fn form(&self) -> Form {
        <V::Single as FieldType>::FORM
    }

    fn is_collection(&self) -> bool {
        V::COLLECTION
    }

    fn put(&mut self, wire: Wire<'_>) -> Result<(), Mismatch> {
        V::put(self, wire)
    }

    fn settle(&mut self) -> bool {
        V::settle(self)
    }
}

/// Makes a record of its slots, if all is there.
///
/// So `decode` hands on all of them as one, and what drops each of them alone is no part of it: that
/// would be more than all the rest.
pub fn finish<S, T>(filled: Option<()>, slots: S, make: impl FnOnce(S) -> Option<T>) -> Option<T> {
    match filled {
        Some(()) => make(slots),
        None => give_up(slots),
    }
}

#[inline(never)]
fn give_up<S, T>(slots: S) -> Option<T> {
    drop(slots);
    None
}

/// What a field that is skipped can be: a type with a default, which is what it holds in every
/// record that is read.
#[diagnostic::on_unimplemented(
    message = "a field that is skipped has its default in what is read, and this type has none",
    label = "no `Default`"
)]
pub trait Skipped {
    /// The default.
    fn skipped() -> Self;
}

#[diagnostic::do_not_recommend]
impl<V: Default> Skipped for V {
    fn skipped() -> Self {
        Self::default()
    }
}

/// The value of a field that is skipped.
#[must_use]
pub fn skipped<V: Skipped>() -> V {
    V::skipped()
}
