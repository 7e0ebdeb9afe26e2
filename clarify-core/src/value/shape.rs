//! How many values a field has: one, one or none, or any number.

use std::mem::ManuallyDrop;

use clarify_schema::Kind;

use super::{FieldType, Form, Mismatch, Wire, Writer};
use crate::codec::Encode;

/// What the field of a struct can be: a [`FieldType`] for a value that is always there, an
/// `Option` of one for a value that may be missing, and a `Vec` of [`Item`]s for a collection.
#[diagnostic::on_unimplemented(
    message = "this type can't be the type of a field",
    label = "not a field type",
    note = "a field is a `String`, a number (`f64`, `Decimal`, an integer), a `bool`, a `civil::Date` or `Timestamp` of `clarify_core::jiff`, a `RecordId` of a struct that derives `ClarifyObject`, an enum that derives `ClarifySelect`, a `PersonName`, `RichText` or a `serde_json::Value`; an `Option` of these; or a `Vec` of texts or selects",
    note = "dates and times of chrono and of time are field types with the features `chrono` and `time`; to-many links are no attributes",
    note = "a type of your own becomes one by an impl of `clarify_core::FieldType`"
)]
pub trait FieldShape: Sized + 'static {
    /// The kind where the field's attributes don't say another.
    const KIND: Kind;
    /// The kinds that the attributes may say instead.
    const ALSO: &'static [Kind];
    /// Whether there is always a value.
    const REQUIRED: bool;
    /// Whether values come as `{"items": [...]}`.
    const COLLECTION: bool = false;
    /// The type of one value.
    type Single: FieldType;
    /// The operators that filters may use: one of the types of [`class`](crate::class).
    type Class;

    /// What the field holds where nothing has arrived, if it may be without a value.
    #[doc(hidden)]
    const EMPTY: Result<Self, Missing>;

    /// Takes a value that arrives; of a collection, one item.
    #[doc(hidden)]
    fn put(field: &mut Result<Self, Missing>, wire: Wire<'_>) -> Result<(), Mismatch>;

    /// Whether there is nothing to send.
    #[doc(hidden)]
    fn is_absent(&self) -> bool;

    /// Writes the field's value as JSON.
    #[doc(hidden)]
    fn write(&self, out: &mut Writer) -> Result<(), Mismatch>;
}

// An error names this trait with its own words, and not the traits that would lead to it.
#[diagnostic::do_not_recommend]
impl<T: FieldType> FieldShape for T {
    const KIND: Kind = T::KIND;
    const ALSO: &'static [Kind] = T::ALSO;
    const REQUIRED: bool = true;
    type Single = T;
    type Class = T::Class;
    const EMPTY: Result<Self, Missing> = Err(Missing);

    fn put(field: &mut Result<Self, Missing>, wire: Wire<'_>) -> Result<(), Mismatch> {
        *field = Ok(T::read(wire)?);
        Ok(())
    }

    fn is_absent(&self) -> bool {
        false
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        FieldType::write(self, out)
    }
}

#[diagnostic::do_not_recommend]
impl<T: FieldType> FieldShape for Option<T> {
    const KIND: Kind = T::KIND;
    const ALSO: &'static [Kind] = T::ALSO;
    const REQUIRED: bool = false;
    type Single = T;
    type Class = T::Class;
    const EMPTY: Result<Self, Missing> = Ok(None);

    fn put(field: &mut Result<Self, Missing>, wire: Wire<'_>) -> Result<(), Mismatch> {
        *field = Ok(Some(T::read(wire)?));
        Ok(())
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
pub trait Item: FieldType {
    /// The kind of a `Vec` of these, where the field's attributes don't say another.
    const COLLECTION: Kind;
    /// The kinds that the attributes may say instead.
    const COLLECTIONS: &'static [Kind] = &[];
}

#[diagnostic::do_not_recommend]
impl<T: Item> FieldShape for Vec<T> {
    const KIND: Kind = T::COLLECTION;
    const ALSO: &'static [Kind] = T::COLLECTIONS;
    const REQUIRED: bool = false;
    const COLLECTION: bool = true;
    type Single = T;
    type Class = crate::class::Collection;
    const EMPTY: Result<Self, Missing> = Ok(Self::new());

    fn put(field: &mut Result<Self, Missing>, wire: Wire<'_>) -> Result<(), Mismatch> {
        let item = T::read(wire)?;
        if let Ok(items) = field {
            items.push(item);
        }
        Ok(())
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

/// A field that must have a value has none.
#[derive(Clone, Copy, Debug)]
pub struct Missing;

/// What the library does with a field of type `V`.
///
/// The derive's code asks for it in one form, `of::<V>()`, wherever it deals with a field. So a type
/// that can't be a field's is reported once, on the type, however often the code mentions it: nothing
/// that is done with a shape asks for more of the type. What is known of it is behind one pointer, so that
/// what is compiled for each struct stays small.
pub struct Shape<V: 'static> {
    pub(crate) facts: &'static Facts<V>,
    /// What the field holds where nothing has arrived. It is dropped where it is used alone: a constant
    /// can't drop anything.
    pub(crate) empty: ManuallyDrop<Result<V, Missing>>,
    /// Whether the struct never writes the field.
    pub(crate) only_read: bool,
}

/// All there is to know of a field's type.
pub(crate) struct Facts<V> {
    pub(crate) known: Known,
    pub(crate) put: fn(&mut Result<V, Missing>, Wire<'_>) -> Result<(), Mismatch>,
    pub(crate) encode: fn(&V) -> &dyn Encode,
}

/// What is known of a field's type without a value of it.
pub(crate) struct Known {
    pub(crate) kind: Kind,
    pub(crate) also: &'static [Kind],
    pub(crate) required: bool,
    pub(crate) is_collection: bool,
    pub(crate) form: Form,
    pub(crate) options: &'static [clarify_schema::Text],
    pub(crate) is_open: bool,
    pub(crate) target: Option<&'static str>,
}

/// The shape of a field of this type.
#[must_use]
pub const fn of<V: FieldShape>() -> Shape<V> {
    let facts = const {
        &Facts {
            known: Known {
                kind: V::KIND,
                also: V::ALSO,
                required: V::REQUIRED,
                is_collection: V::COLLECTION,
                form: <V::Single as FieldType>::FORM,
                options: <V::Single as FieldType>::SELECT_OPTIONS,
                is_open: <V::Single as FieldType>::SELECT_IS_OPEN,
                target: <V::Single as FieldType>::TARGET,
            },
            put: V::put,
            encode: |value| value,
        }
    };
    Shape { facts, empty: ManuallyDrop::new(V::EMPTY), only_read: false }
}
