//! Where decoded values wait until their record is whole.

use crate::value::{Form, Mismatch, Shape, Wire};

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

    /// Whether a value must still come.
    fn is_missing(&self) -> bool;
}

/// The slot of a field of type `V`.
pub struct SlotOf<V> {
    shape: Shape<V>,
    value: Option<V>,
}

impl<V> Shape<V> {
    /// An empty slot for a field of this shape.
    #[must_use]
    pub fn slot(self) -> SlotOf<V> {
        SlotOf { value: None, shape: self }
    }
}

impl<V> SlotOf<V> {
    /// The field's value, once [`Row::fill`](super::Row::fill) has said that all is there.
    pub fn take(self) -> Option<V> {
        self.value.or_else(self.shape.empty)
    }
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

impl<V> Slot for SlotOf<V> {
    fn form(&self) -> Form {
        self.shape.form
    }

    fn is_collection(&self) -> bool {
        self.shape.is_collection
    }

    fn put(&mut self, wire: Wire<'_>) -> Result<(), Mismatch> {
        (self.shape.put)(&mut self.value, wire)
    }

    fn is_missing(&self) -> bool {
        self.shape.required && self.value.is_none()
    }
}
