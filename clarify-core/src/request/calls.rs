//! The calls on the records of one object.

use std::fmt;
use std::marker::PhantomData;

use clarify_schema::{Field, Kind, Object};
use http::Method;

use super::{Call, ListQuery, list, write};
use crate::codec::Encoded;
use crate::error::Problem;
use crate::object::{EncodeRow, ObjectRef};
use crate::{
    Attributes, Batch, ClarifyObject, Error, HasUniqueField, IdOf, Patch, PatchOf, RawAttributes,
    RecordId, RecordOf, RecordType,
};

/// The calls on the records of one object, each as a value.
///
/// `T` is the struct; for an object that is known at run time alone it is
/// [`Attributes`](crate::Attributes).
pub struct Calls<T> {
    object: ObjectRef,
    record: PhantomData<fn() -> T>,
}

impl<T: ClarifyObject> Calls<T> {
    /// The calls on the records of `T`.
    #[must_use]
    pub const fn new() -> Self {
        Self { object: ObjectRef::Derived(T::OBJECT), record: PhantomData }
    }
}

impl<T: ClarifyObject> Default for Calls<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl Calls<Attributes> {
    /// The calls on the records of an object that is known at run time. Of the object its name
    /// counts, and its unique field.
    #[must_use]
    pub fn of(object: Object) -> Self {
        Self { object: ObjectRef::Given(object.into()), record: PhantomData }
    }

    /// [`of`](Self::of) for an object of which no more than the name is known.
    pub(crate) fn named(name: String) -> Self {
        let object = Object::named(name, Vec::new());
        Self { object: ObjectRef::Named(object.into()), record: PhantomData }
    }

    /// The same calls, with upserts that match on this field.
    pub(crate) fn match_on(self, field: &str) -> Self {
        let mut object = (*self.object).clone();
        let mut fields = object.fields.into_owned();
        fields.iter_mut().for_each(|known| known.unique = known.name == field);
        if fields.iter().all(|known| known.name != field) {
            fields.push(Field::named(field.to_owned().into(), Kind::Text).unique());
        }
        object.fields = fields.into();
        let object = match self.object {
            ObjectRef::Named(_) => ObjectRef::Named(object.into()),
            _ => ObjectRef::Given(object.into()),
        };
        Self { object, ..self }
    }

    /// The same calls, on attributes as they stand on the wire.
    #[must_use]
    pub fn raw(self) -> Calls<RawAttributes> {
        Calls { object: self.object, record: PhantomData }
    }
}

impl<T: RecordType> Calls<T> {
    /// The object.
    #[must_use]
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// `POST /objects/{object}/records`: creates a record.
    ///
    /// # Errors
    ///
    /// When a value can't be sent; the error names its field.
    pub fn create(&self, record: &T) -> Result<Call, Error> {
        write::create_one(&self.object, self.encode(record), false)
    }

    /// `POST /objects/{object}/records` with `match_on`: updates the record that has the same unique
    /// value, or creates one.
    ///
    /// # Errors
    ///
    /// When a value can't be sent, or the unique field has none.
    pub fn upsert(&self, record: &T) -> Result<Call, Error>
    where
        T: HasUniqueField,
    {
        write::create_one(&self.object, self.encode(record), true)
    }

    /// `POST /objects/{object}/records/bulk`: creates the records of a batch, all or none.
    ///
    /// # Errors
    ///
    /// When a value can't be sent; the error has the place of its record and its field.
    pub fn bulk_create(&self, batch: &Batch<impl RecordOf<T>>) -> Result<Call, Error> {
        self.create_many(batch, false)
    }

    /// `POST /objects/{object}/records/bulk` with `match_on`: upserts the records of a batch, all or
    /// none.
    ///
    /// # Errors
    ///
    /// When a value can't be sent, or a record has no value in its unique field.
    pub fn bulk_upsert(&self, batch: &Batch<impl RecordOf<T>>) -> Result<Call, Error>
    where
        T: HasUniqueField,
    {
        self.create_many(batch, true)
    }

    /// `GET /objects/{object}/records/{id}`: one record.
    ///
    /// # Errors
    ///
    /// When the id is empty, `.` or `..`: no record has such a one, and no path could hold it.
    pub fn get(&self, id: &RecordId<T>) -> Result<Call, Error> {
        write::on_record(Method::GET, &self.object, id.as_str())
    }

    /// `GET /objects/{object}/resources`: a page of records.
    ///
    /// # Errors
    ///
    /// When a value to filter by can't be sent; the error names its field.
    pub fn list(&self, query: &ListQuery<T>) -> Result<Call, Error> {
        list::call(&self.object, query)
    }

    /// `PATCH /objects/{object}/records/{id}`: changes the fields that the patch names.
    ///
    /// For a custom object it is the bulk form with one record: the hosted service answers 500 to
    /// the single form.
    ///
    /// # Errors
    ///
    /// When a value of the patch can't be sent; the error names its field.
    pub fn update(&self, id: &RecordId<T>, patch: &Patch<T>) -> Result<Call, Error> {
        write::update_one(&self.object, id.as_str(), patch.encode())
    }

    /// `PATCH /objects/{object}/records`: changes the records of a batch, all or none. The service
    /// looks for every id before it writes, and answers 404 if any is missing.
    ///
    /// # Errors
    ///
    /// When a value of a patch can't be sent, or two patches treat the items of one field
    /// differently, which one call can't say; the error has the place of its record and its field.
    pub fn bulk_update<I, P>(&self, batch: &Batch<(I, P)>) -> Result<Call, Error>
    where
        I: IdOf<T>,
        P: PatchOf<T>,
    {
        let items = batch.iter().map(|(id, patch)| (id.id().as_str(), patch.patch().encode()));
        write::update_many(&self.object, &mut items.into_iter())
    }

    /// `DELETE /objects/{object}/records/{id}`: deletes a record.
    ///
    /// # Errors
    ///
    /// When the id is empty, `.` or `..`: no record has such a one, and no path could hold it.
    pub fn delete(&self, id: &RecordId<T>) -> Result<Call, Error> {
        write::on_record(Method::DELETE, &self.object, id.as_str())
    }

    /// `DELETE /objects/{object}/records`: deletes the records of a batch, all or none.
    #[must_use]
    pub fn bulk_delete(&self, batch: &Batch<impl IdOf<T>>) -> Call {
        write::delete_many(&self.object, batch.iter().map(|item| item.id().as_str()))
    }

    pub(crate) fn object_ref(&self) -> &ObjectRef {
        &self.object
    }

    pub(crate) fn encode(&self, record: &T) -> Result<Encoded, Vec<Problem>> {
        Encoded::of(record, &self.object)
    }

    /// The same, in memory that held another.
    pub(crate) fn encode_within(
        &self,
        memory: Vec<u8>,
        record: &T,
    ) -> Result<Encoded, Vec<Problem>> {
        Encoded::within(memory, record, &self.object)
    }

    fn create_many(&self, batch: &Batch<impl RecordOf<T>>, matching: bool) -> Result<Call, Error> {
        let mut records = batch.iter().map(|item| item.record() as &dyn EncodeRow);
        write::create_many(&self.object, &mut records, matching)
    }
}

impl<T> Clone for Calls<T> {
    fn clone(&self) -> Self {
        Self { object: self.object.clone(), record: PhantomData }
    }
}

impl<T> fmt::Debug for Calls<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Calls").field(&self.object.name).finish()
    }
}
