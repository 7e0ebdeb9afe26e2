//! The records of one object.

use std::fmt;
use std::marker::PhantomData;

use super::{Client, List, Operation};
use crate::request::{list, read, write};
use crate::{Batch, ClarifyObject, HasUniqueField, IdOf, PatchOf, Record, RecordOf};

/// The records of one object: every call of the API's Records page.
///
/// Each method makes a call that is sent when it is awaited. What `None` means: a create or upsert
/// leaves out fields that are `None` and collections that are empty, so on a matched record they
/// stay as they are; to clear a field, update with a patch that says so.
pub struct Records<T> {
    client: Client,
    object: PhantomData<fn() -> T>,
}

impl<T: ClarifyObject> Records<T> {
    pub(super) fn new(client: Client) -> Self {
        Self { client, object: PhantomData }
    }

    /// Creates a record. (`POST /objects/{object}/records`)
    ///
    /// Where the object has a unique field, the documented service updates the record that has the
    /// same value, and the hosted one refuses; say [`upsert`](Self::upsert) where that is meant.
    pub fn create(&self, record: &T) -> Operation<Record<T>> {
        Operation::new(&self.client, write::create(record), read::record)
    }

    /// Updates the record that has the same value in the unique field, or creates one.
    /// (`POST /objects/{object}/records` with `match_on`)
    ///
    /// It may be repeated: a second one matches what the first one made. A record whose unique
    /// field has no value is an error, and nothing is sent.
    pub fn upsert(&self, record: &T) -> Operation<Record<T>>
    where
        T: HasUniqueField,
    {
        Operation::new(&self.client, write::upsert(record), read::record)
    }

    /// Reads one record. (`GET /objects/{object}/records/{id}`)
    pub fn get(&self, id: impl IdOf<T>) -> Operation<Record<T>> {
        Operation::new(&self.client, list::get(id.id()), read::record)
    }

    /// Reads records by the page, with filters and a sort. (`GET /objects/{object}/resources`)
    pub fn list(&self) -> List<T> {
        List::new(self.client.clone())
    }

    /// Changes the fields that the patch names, and no other.
    /// (`PATCH /objects/{object}/records/{id}`)
    pub fn update(&self, id: impl IdOf<T>, patch: impl PatchOf<T>) -> Operation<Record<T>> {
        Operation::new(&self.client, write::update(id.id(), patch.patch()), read::record)
    }

    /// Deletes one record. (`DELETE /objects/{object}/records/{id}`)
    pub fn delete(&self, id: impl IdOf<T>) -> Operation<()> {
        Operation::new(&self.client, write::delete(id.id()), read::nothing)
    }

    /// Creates the records of a batch, all or none. The answer has one record for each, in order.
    /// (`POST /objects/{object}/records/bulk`)
    pub fn bulk_create(&self, batch: &Batch<impl RecordOf<T>>) -> Operation<Vec<Record<T>>> {
        Operation::new(&self.client, write::bulk_create(batch), read::records)
    }

    /// Upserts the records of a batch, all or none. The answer has one record for each, in order;
    /// ids may repeat, where records match one another.
    /// (`POST /objects/{object}/records/bulk` with `match_on`)
    pub fn bulk_upsert(&self, batch: &Batch<impl RecordOf<T>>) -> Operation<Vec<Record<T>>>
    where
        T: HasUniqueField,
    {
        Operation::new(&self.client, write::bulk_upsert(batch), read::records)
    }

    /// Changes the records of a batch, all or none. If any id is unknown the answer is 404, and
    /// nothing is written. (`PATCH /objects/{object}/records`)
    pub fn bulk_update(
        &self,
        batch: &Batch<(impl IdOf<T>, impl PatchOf<T>)>,
    ) -> Operation<Vec<Record<T>>> {
        Operation::new(&self.client, write::bulk_update(batch), read::records)
    }

    /// Deletes the records of a batch, all or none. (`DELETE /objects/{object}/records`)
    pub fn bulk_delete(&self, batch: &Batch<impl IdOf<T>>) -> Operation<()> {
        Operation::new(&self.client, Ok(write::bulk_delete(batch)), read::nothing)
    }
}

impl<T> Clone for Records<T> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), object: PhantomData }
    }
}

impl<T: ClarifyObject> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("object", &T::NAME).field("client", &self.client).finish()
    }
}
