//! The records of one object.

use std::fmt;

use super::{BulkUpdate, Client, List, Operation, Update, Upsert};
use crate::import::{Entry, Import, ImportSource, Unit, Work};
use crate::request::{Calls, read};
use crate::{
    Attributes, Batch, HasUniqueField, IdOf, PatchOf, RawAttributes, Record, RecordOf, RecordType,
};

/// The records of one object: every call of the API's Records page.
///
/// Each method makes a call that is sent when it is awaited.
///
/// What `None` and an empty `Vec` mean: a create or upsert leaves them out, so a record that is
/// matched keeps what it has there. To clear a field, say so: with
/// [`upsert(&x).clear(FIELD)`](Upsert::clear), or with [`Patch::clear`](crate::Patch::clear) in an
/// update. A patch changes the fields it names and no other;
/// [`Patch::between`](crate::Patch::between) clears what the new state has no longer. A `null` that
/// arrives is `None`, or an empty `Vec`.
pub struct Records<T> {
    client: Client,
    calls: Calls<T>,
}

impl Records<Attributes> {
    /// Matches upserts on this field: the object's unique one.
    #[must_use]
    pub fn match_on(self, field: &str) -> Self {
        Self { calls: self.calls.match_on(field), ..self }
    }

    /// The same records, with attributes that are the JSON as it stands on the wire: in their order,
    /// each number with all its digits, the fields of the service among them.
    #[must_use]
    pub fn raw(self) -> Records<RawAttributes> {
        Records { client: self.client, calls: self.calls.raw() }
    }
}

impl<T: RecordType> Records<T> {
    pub(super) const fn new(client: Client, calls: Calls<T>) -> Self {
        Self { client, calls }
    }

    /// Creates a record. (`POST /objects/{object}/records`)
    ///
    /// Where the object has a unique field, the documented service updates the record that has the
    /// same value, and the hosted one refuses; say [`upsert`](Self::upsert) where that is meant.
    ///
    /// It is not repeated once the service may have received it: it would make a second record. The
    /// error then says so ([`may_have_written`](crate::Error::may_have_written)) and offers what was
    /// sent ([`sent`](crate::Error::sent)).
    pub fn create(&self, record: &T) -> Operation<Record<T>> {
        Operation::new(&self.client, self.calls.create(record), read::record)
    }

    /// Updates the record that has the same value in the unique field, or creates one.
    /// (`POST /objects/{object}/records` with `match_on`)
    ///
    /// It may be repeated: a second one matches what the first one made. A record whose unique
    /// field has no value is an error, and nothing is sent.
    pub fn upsert(&self, record: &T) -> Upsert<T>
    where
        T: HasUniqueField,
    {
        Upsert::new(&self.client, &self.calls, record)
    }

    /// Reads one record. (`GET /objects/{object}/records/{id}`)
    pub fn get(&self, id: impl IdOf<T>) -> Operation<Record<T>> {
        Operation::new(&self.client, self.calls.get(id.id()), read::record)
    }

    /// Reads records by the page, with filters and a sort. (`GET /objects/{object}/resources`)
    pub fn list(&self) -> List<T> {
        List::new(self.client.clone(), self.calls.clone())
    }

    /// Changes the fields that the patch names, and no other.
    /// (`PATCH /objects/{object}/records/{id}`)
    pub fn update(&self, id: impl IdOf<T>, patch: impl PatchOf<T>) -> Update<T> {
        Update::new(&self.client, &self.calls, &id, &patch)
    }

    /// Deletes one record. (`DELETE /objects/{object}/records/{id}`)
    ///
    /// Where it is repeated after an answer that was lost, 404 means that it is done.
    pub fn delete(&self, id: impl IdOf<T>) -> Operation<()> {
        Operation::new(&self.client, self.calls.delete(id.id()), read::nothing)
    }

    /// Creates the records of a batch, all or none. The answer has one record for each, in order.
    /// (`POST /objects/{object}/records/bulk`)
    pub fn bulk_create(&self, batch: &Batch<impl RecordOf<T>>) -> Operation<Vec<Record<T>>> {
        Operation::new(&self.client, self.calls.bulk_create(batch), read::records)
    }

    /// Upserts the records of a batch, all or none. The answer has one record for each, in order;
    /// ids may repeat, where records match one another.
    /// (`POST /objects/{object}/records/bulk` with `match_on`)
    pub fn bulk_upsert(&self, batch: &Batch<impl RecordOf<T>>) -> Operation<Vec<Record<T>>>
    where
        T: HasUniqueField,
    {
        Operation::new(&self.client, self.calls.bulk_upsert(batch), read::records)
    }

    /// Changes the records of a batch, all or none. If any id is unknown the answer is 404, and
    /// nothing is written. (`PATCH /objects/{object}/records`)
    pub fn bulk_update(&self, batch: &Batch<(impl IdOf<T>, impl PatchOf<T>)>) -> BulkUpdate<T> {
        BulkUpdate::new(&self.client, &self.calls, batch)
    }

    /// Upserts any number of records, by the batch. Each ends in one outcome, in the order of the
    /// source; one bad record does not sink the 24 beside it.
    ///
    /// ```no_run
    /// # use clarify_core::{Client, ClarifyObject};
    /// # #[derive(Debug, ClarifyObject)]
    /// # #[clarify(object = "company")]
    /// # struct Company { name: Option<String>, #[clarify(unique)] domains: Vec<String> }
    /// # async fn example(clarify: Client, companies: Vec<Company>) -> Result<(), clarify_core::Error> {
    /// let report = clarify.records::<Company>().import(companies).concurrency(8).await?;
    /// println!("{} new, {} matched", report.progress.created, report.progress.matched);
    /// for failure in &report.failures {
    ///     println!("record {}: {:?}", failure.index, failure.end.error());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn import<'s, S>(&self, source: S) -> Import<'s, T, S::Item>
    where
        T: HasUniqueField,
        S: ImportSource<'s>,
        S::Item: RecordOf<T>,
    {
        self.import_records(Work::Upsert, source)
    }

    /// Creates any number of records, by the batch. Where an answer is lost, the batch is not sent
    /// again: its records end as [`Uncertain`](crate::import::End::Uncertain).
    pub fn import_new<'s, S>(&self, source: S) -> Import<'s, T, S::Item>
    where
        S: ImportSource<'s>,
        S::Item: RecordOf<T>,
    {
        self.import_records(Work::Create, source)
    }

    /// Changes any number of records, by the batch. Each item is an id with its patch; one whose id
    /// is unknown is refused, and the others are changed.
    pub fn update_each<'s, S, I, P>(&self, source: S) -> Import<'s, T, (I, P)>
    where
        S: ImportSource<'s, Item = (I, P)>,
        I: IdOf<T>,
        P: PatchOf<T>,
    {
        let prepare =
            |(id, patch): &(I, P), _| Unit::change(id.id().as_str(), patch.patch().encode());
        Import::new(&self.client, &self.calls, Work::Update, source.into_source(), prepare)
    }

    /// Deletes any number of records, by the batch. One whose id is unknown is refused, and the
    /// others are deleted.
    pub fn delete_each<'s, S>(&self, source: S) -> Import<'s, T, S::Item>
    where
        S: ImportSource<'s>,
        S::Item: IdOf<T>,
    {
        let prepare = |item: &S::Item, _| Unit::deletion(item.id().as_str());
        Import::new(&self.client, &self.calls, Work::Delete, source.into_source(), prepare)
    }

    /// Writes any number of records, each as it says of itself: upserted, created, or refused before it
    /// is sent. They end in the order of the source, whatever is done with them.
    ///
    /// ```no_run
    /// # use clarify_core::{Client, ClarifyObject};
    /// use clarify_core::import::Entry;
    /// # #[derive(Debug, ClarifyObject)]
    /// # #[clarify(object = "company")]
    /// # struct Company { name: Option<String>, #[clarify(unique)] domains: Vec<String> }
    ///
    /// # async fn example(clarify: Client, companies: Vec<Company>) -> Result<(), clarify_core::Error> {
    /// let entries = companies.into_iter().map(|company| match company.domains.is_empty() {
    ///     false => Entry::Upsert(company),
    ///     true => Entry::Create(company), // there is nothing to match on
    /// });
    /// let report = clarify.records::<Company>().import_each(entries).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn import_each<'s, S>(&self, source: S) -> Import<'s, T, S::Item>
    where
        T: HasUniqueField,
        S: ImportSource<'s>,
        S::Item: AsRef<Entry<T>>,
    {
        let calls = self.calls.clone();
        let unit = move |work, record: &T, memory| {
            Unit::record(calls.object(), work, calls.encode_within(memory, record))
        };
        let prepare = move |item: &S::Item, memory| match item.as_ref() {
            Entry::Upsert(record) => unit(Work::Upsert, record, memory),
            Entry::Create(record) => unit(Work::Create, record, memory),
            Entry::Refused(problems) => Err(problems.clone()),
        };
        Import::new(&self.client, &self.calls, Work::Upsert, source.into_source(), prepare)
    }

    fn import_records<'s, S>(&self, work: Work, source: S) -> Import<'s, T, S::Item>
    where
        S: ImportSource<'s>,
        S::Item: RecordOf<T>,
    {
        let calls = self.calls.clone();
        let prepare = move |item: &S::Item, memory| {
            Unit::record(calls.object(), work, calls.encode_within(memory, item.record()))
        };
        Import::new(&self.client, &self.calls, work, source.into_source(), prepare)
    }

    /// Deletes the records of a batch, all or none. (`DELETE /objects/{object}/records`)
    ///
    /// Where it is repeated after an answer that was lost, 404 means that it is done.
    pub fn bulk_delete(&self, batch: &Batch<impl IdOf<T>>) -> Operation<()> {
        Operation::new(&self.client, Ok(self.calls.bulk_delete(batch)), read::nothing)
    }
}

impl<T> Clone for Records<T> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), calls: self.calls.clone() }
    }
}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("calls", &self.calls).field("client", &self.client).finish()
    }
}
