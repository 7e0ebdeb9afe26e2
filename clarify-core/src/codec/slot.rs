//! Where decoded values wait until their record is whole.

use crate::value::{Facts, Form, Mismatch, Shape, Wire};

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

    /// After the last value: whether the slot has what its field holds. Where none came, that is none,
    /// if the field may be without one.
    fn settle(&mut self) -> bool;
}

/// The slot of a field of type `V`.
pub struct SlotOf<V: 'static> {
    /// What its field holds, once [`Row::fill`](super::Row::fill) has said that all is there.
    pub value: Option<V>,
    facts: &'static Facts<V>,
}

impl<V> Shape<V> {
    /// An empty slot for a field of this shape.
    #[must_use]
    pub const fn slot(self) -> SlotOf<V> {
        SlotOf { value: None, facts: self.facts }
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
        self.facts.known.form
    }

    fn is_collection(&self) -> bool {
        self.facts.known.is_collection
    }

    fn put(&mut self, wire: Wire<'_>) -> Result<(), Mismatch> {
        (self.facts.put)(&mut self.value, wire)
    }

    fn settle(&mut self) -> bool {
        if self.value.is_none() {
            self.value = (self.facts.empty)();
        }
        self.value.is_some()
    }
}
