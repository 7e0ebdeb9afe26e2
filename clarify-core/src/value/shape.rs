//! How many values a field has: one, one or none, or any number.

use clarify_schema::{Field, Kind};

use super::{FieldType, Mismatch, Writer};
use crate::codec::{Many, One, Slot};

/// What the field of a struct can be: a [`FieldType`] for a value that is always there, an
/// `Option` of one for a value that may be missing, and a `Vec` of [`Item`]s for a collection.
#[diagnostic::on_unimplemented(
    message = "this type can't be the type of a field",
    label = "not a field type",
    note = "a field is a `String`, a number (`f64`, `Decimal`, an integer), a `bool`, a `jiff::civil::Date` or `jiff::Timestamp`, a `RecordId`, an enum that derives `ClarifySelect`, a `PersonName`, `RichText` or a `serde_json::Value`; an `Option` of these; or a `Vec` of texts or selects"
)]
pub trait FieldShape: Sized {
    /// The kind where the field's attributes don't say another.
    const KIND: Kind;
    /// The kinds that the attributes may say instead.
    const ALSO: &'static [Kind];
    /// Whether there is always a value.
    const REQUIRED: bool;
    /// The type of one value.
    type Single: FieldType;
    /// The operators that filters may use: one of the types of [`class`](crate::class).
    type Class;
    /// Where a decoded value waits for the rest of its record.
    #[doc(hidden)]
    type Slot: Slot + Default;

    /// The field's value, if what arrived makes one.
    #[doc(hidden)]
    fn take(slot: Self::Slot) -> Option<Self>;

    /// Whether there is nothing to send.
    #[doc(hidden)]
    fn is_absent(&self) -> bool;

    /// Writes the field's value as JSON.
    #[doc(hidden)]
    fn write(&self, out: &mut Writer) -> Result<(), Mismatch>;
}

/// The field of an object's table that a Rust type makes.
#[must_use]
pub const fn column<S: FieldShape>(name: &'static str) -> Field {
    column_as::<S>(name, S::KIND)
}

/// [`column`] with a kind that the attributes say.
#[must_use]
#[allow(clippy::panic, reason = "a panic while a constant is made is an error of the compiler")]
pub const fn column_as<S: FieldShape>(name: &'static str, kind: Kind) -> Field {
    if kind as u8 != S::KIND as u8 && !contains(S::ALSO, kind) {
        panic!("the field's type can't hold the kind that its attribute says");
    }
    let mut field = Field::new(name, kind).options(<S::Single as FieldType>::OPTIONS);
    field.required = S::REQUIRED;
    match <S::Single as FieldType>::TARGET {
        Some(target) => field.target(target),
        None => field,
    }
}

const fn contains(kinds: &[Kind], kind: Kind) -> bool {
    match kinds {
        [] => false,
        [first, rest @ ..] => *first as u8 == kind as u8 || contains(rest, kind),
    }
}

impl<T: FieldType> FieldShape for T {
    const KIND: Kind = T::KIND;
    const ALSO: &'static [Kind] = T::ALSO;
    const REQUIRED: bool = true;
    type Single = T;
    type Class = T::Class;
    type Slot = One<T, true>;

    fn take(slot: Self::Slot) -> Option<Self> {
        slot.value
    }

    fn is_absent(&self) -> bool {
        false
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        FieldType::write(self, out)
    }
}

impl<T: FieldType> FieldShape for Option<T> {
    const KIND: Kind = T::KIND;
    const ALSO: &'static [Kind] = T::ALSO;
    const REQUIRED: bool = false;
    type Single = T;
    type Class = T::Class;
    type Slot = One<T, false>;

    #[allow(clippy::option_option, reason = "the outer says that the record can be made")]
    fn take(slot: Self::Slot) -> Option<Self> {
        Some(slot.value)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        match self {
            Some(value) => value.write(out),
            None => {
                out.json("null");
                Ok(())
            }
        }
    }
}

/// A type that a collection can hold. A collection is `{"items": [...]}` on the wire, always.
#[diagnostic::on_unimplemented(
    message = "a collection can't hold this type",
    label = "not an item of a collection",
    note = "collections hold `String`s or enums that derive `ClarifySelect`"
)]
pub trait Item: FieldType {
    /// The kind of a `Vec` of these, where the field's attributes don't say another.
    const COLLECTION: Kind;
    /// The kinds that the attributes may say instead.
    const COLLECTIONS: &'static [Kind] = &[];
}

impl<T: Item> FieldShape for Vec<T> {
    const KIND: Kind = T::COLLECTION;
    const ALSO: &'static [Kind] = T::COLLECTIONS;
    const REQUIRED: bool = false;
    type Single = T;
    type Class = crate::class::Collection;
    type Slot = Many<T>;

    fn take(slot: Self::Slot) -> Option<Self> {
        Some(slot.items)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        out.json("{\"items\":[");
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.json(",");
            }
            item.write(out).map_err(|error| Mismatch::new(format!("item {index}: {error}")))?;
        }
        out.json("]}");
        Ok(())
    }
}
