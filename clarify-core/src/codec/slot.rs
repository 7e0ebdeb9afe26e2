//! Where decoded values wait until their record is whole.

use std::mem::ManuallyDrop;

use crate::value::{Facts, Form, Mismatch, Missing, Shape, Wire};

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

    /// After the last value: whether the slot has what its field holds, if it must have a value.
    fn is_whole(&self) -> bool;
}

/// The slot of a field of type `V`.
pub struct SlotOf<V: 'static> {
    /// What its field holds.
    pub value: Result<V, Missing>,
    facts: &'static Facts<V>,
}

impl<V> Shape<V> {
    /// An empty slot for a field of this shape.
    #[must_use]
    pub const fn slot(self) -> SlotOf<V> {
        SlotOf { value: ManuallyDrop::into_inner(self.empty), facts: self.facts }
    }
}

impl<V> Slot for SlotOf<V> {
    fn form(&self) -> Form {
        self.facts.known.form
    }

    fn is_collection(&self) -> bool {
        self.facts.known.is_collection
    }

    fn put(&mut self, wire: Wire<'_>) -> Result<(), Mismatch> {
        (self.facts.put)(&mut self.value, wire)
    }

    fn is_whole(&self) -> bool {
        self.value.is_ok()
    }
}

/// Drops the slots of a record that is not whole, as one: what drops each of them is then no part of
/// `decode`, where it would be more than all the rest.
#[inline(never)]
pub fn give_up<S, T>(slots: S) -> Option<T> {
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
