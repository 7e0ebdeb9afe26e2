//! Fields that a struct does not name.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

/// Is shown each field with its value.
pub type Show<'s> = &'s mut dyn FnMut(&str, &Value);

/// What the field marked `#[clarify(extra)]` can be: a map from names to JSON. It holds the fields
/// of the record that the struct does not name, and sends them back.
#[diagnostic::on_unimplemented(
    message = "this type can't hold extra fields",
    label = "not a map of JSON values",
    note = "use `serde_json::Map<String, serde_json::Value>`, or a `BTreeMap` or `HashMap` of the same"
)]
pub trait ExtraFields: Default {
    /// Keeps a field.
    fn keep(&mut self, name: &str, value: Value);

    /// Shows each field.
    fn each(&self, show: Show<'_>);
}

macro_rules! maps {
    ($($map:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl ExtraFields for $map {
            fn keep(&mut self, name: &str, value: Value) {
                self.insert(name.to_owned(), value);
            }

            fn each(&self, show: Show<'_>) {
                for (name, value) in self {
                    show(name, value);
                }
            }
        }
    )*};
}

maps!(Map<String, Value> BTreeMap<String, Value> HashMap<String, Value>);

/// What the library does with an extra field of type `E`. As with [`Shape`](crate::value::Shape),
/// the derive's code asks for it in one form, so that a wrong type is reported once.
pub struct ExtraShape<E> {
    new: fn() -> E,
    keep: fn(&mut E, &str, Value),
    each: fn(&E, Show<'_>),
}

/// The shape of an extra field of this type.
#[must_use]
pub const fn extra_of<E: ExtraFields>() -> ExtraShape<E> {
    ExtraShape { new: E::default, keep: E::keep, each: E::each }
}

impl<E> ExtraShape<E> {
    /// An empty slot for the fields that no other slot takes.
    #[must_use]
    pub fn slot(self) -> ExtraSlotOf<E> {
        ExtraSlotOf { value: (self.new)(), keep: self.keep }
    }

    /// Shows each field of a value.
    pub fn each(self, value: &E, show: Show<'_>) {
        (self.each)(value, show);
    }
}

/// Where the fields go that no other slot takes.
pub trait ExtraSlot {
    /// Keeps a field.
    fn keep(&mut self, name: &str, value: Value);
}

/// The slot of an extra field of type `E`.
pub struct ExtraSlotOf<E> {
    value: E,
    keep: fn(&mut E, &str, Value),
}

impl<E> ExtraSlotOf<E> {
    /// The fields that were kept.
    pub fn take(self) -> E {
        self.value
    }
}

impl<E> ExtraSlot for ExtraSlotOf<E> {
    fn keep(&mut self, name: &str, value: Value) {
        (self.keep)(&mut self.value, name, value);
    }
}
