//! Where decoded values wait until their record is whole.

use crate::value::{FieldShape, FieldType, Form, Mismatch, Wire};

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

/// The slot of a field with one value, which must come if `REQUIRED`.
pub struct One<T, const REQUIRED: bool> {
    pub(crate) value: Option<T>,
}

impl<T, const REQUIRED: bool> Default for One<T, REQUIRED> {
    fn default() -> Self {
        Self { value: None }
    }
}

impl<T: FieldType, const REQUIRED: bool> Slot for One<T, REQUIRED> {
    fn form(&self) -> Form {
        T::FORM
    }

    fn is_collection(&self) -> bool {
        false
    }

    fn put(&mut self, wire: Wire<'_>) -> Result<(), Mismatch> {
        self.value = Some(T::read(wire)?);
        Ok(())
    }

    fn is_missing(&self) -> bool {
        REQUIRED && self.value.is_none()
    }
}

/// The slot of a collection.
pub struct Many<T> {
    pub(crate) items: Vec<T>,
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

impl<T: FieldType> Slot for Many<T> {
    fn form(&self) -> Form {
        T::FORM
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn put(&mut self, wire: Wire<'_>) -> Result<(), Mismatch> {
        self.items.push(T::read(wire)?);
        Ok(())
    }

    fn is_missing(&self) -> bool {
        false
    }
}

/// An empty slot for a field of this type.
#[must_use]
pub fn slot<S: FieldShape>() -> S::Slot {
    S::Slot::default()
}

/// The field's value from its slot, once [`Row::fill`](super::Row::fill) has said that all is there.
pub fn take<S: FieldShape>(slot: S::Slot) -> Option<S> {
    S::take(slot)
}
