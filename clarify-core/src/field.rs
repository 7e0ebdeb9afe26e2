//! The typed constants of a derived struct's fields.

use std::fmt;
use std::marker::PhantomData;

use crate::ClarifyObject;
use crate::value::{FieldShape, Mismatch, Missing, Wire, Writer};

/// One field of the object `T`, whose Rust type is `V`: what `Person::TITLE` is.
///
/// Filters, sorts and patches begin with one. It knows its object, so a `Company` field can't end
/// up in a patch of a `Person`; and its type, so a filter can only ask what the API allows:
///
/// ```
/// # use clarify_core::{ClarifyObject, Patch};
/// # #[derive(ClarifyObject)]
/// # #[clarify(object = "person")]
/// # struct Person { title: Option<String>, email_addresses: Vec<String> }
/// let filter = Person::TITLE.starts_with("VP");
/// let sort = Person::TITLE.desc();
/// let patch = Patch::new().set(Person::TITLE, "CRO").clear(Person::EMAIL_ADDRESSES);
/// assert_eq!(Person::EMAIL_ADDRESSES.name(), "email_addresses");
/// ```
///
/// ```compile_fail
/// # use clarify_core::ClarifyObject;
/// # #[derive(ClarifyObject)]
/// # #[clarify(object = "person")]
/// # struct Person { title: Option<String> }
/// Person::TITLE.gt(5);
/// ```
pub struct Field<T, V> {
    field: &'static clarify_schema::Field,
    types: PhantomData<fn() -> (T, V)>,
}

impl<T, V> Field<T, V> {
    pub(crate) const fn of(field: &'static clarify_schema::Field) -> Self {
        Self { field, types: PhantomData }
    }

    /// The field in its object's table: its kind and its rules.
    #[must_use]
    pub const fn schema(self) -> &'static clarify_schema::Field {
        self.field
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        &self.field.name
    }
}

/// The field at this place of its object's table: what the derive's constants are.
#[must_use]
#[allow(clippy::indexing_slicing, reason = "the compiler does it, and would say so")]
pub const fn at<T: ClarifyObject, V>(index: usize) -> Field<T, V> {
    Field::of(&T::FIELDS[index])
}

impl<T, V> Clone for Field<T, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V> Copy for Field<T, V> {}

impl<T, V> fmt::Debug for Field<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&self.field.name).finish()
    }
}

/// The type of a field that only the service writes: the constant of a `#[clarify(read_only)]` field
/// of type `V` is a `Field<T, ReadOnly<V>>`. It filters and sorts as any other, and no patch sets it.
#[derive(Clone, Copy, Debug)]
pub struct ReadOnly<V>(V);

impl<V> ReadOnly<V> {
    pub(crate) const fn new(value: V) -> Self {
        Self(value)
    }
}

#[diagnostic::do_not_recommend]
impl<V: FieldShape> FieldShape for ReadOnly<V> {
    const KIND: clarify_schema::Kind = V::KIND;
    const ALSO: &'static [clarify_schema::Kind] = V::ALSO;
    const REQUIRED: bool = V::REQUIRED;
    const COLLECTION: bool = V::COLLECTION;
    type Single = V::Single;
    type Class = V::Class;

    // No field of a struct is of this type: nothing is read into it.
    const EMPTY: Result<Self, Missing> = Err(Missing);

    fn put(field: &mut Result<Self, Missing>, wire: Wire<'_>) -> Result<(), Mismatch> {
        let before = std::mem::replace(field, Self::EMPTY);
        let mut inner = before.map_or(V::EMPTY, |field| Ok(field.0));
        V::put(&mut inner, wire)?;
        *field = inner.map(Self);
        Ok(())
    }

    fn is_absent(&self) -> bool {
        self.0.is_absent()
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        self.0.write(out)
    }
}
