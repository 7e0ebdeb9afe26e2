//! What is read of the store at one moment, whatever is written meanwhile.

use rusqlite::Connection;

use super::links::{self, LinkField, Slice};
use super::{ObjectKey, Page, Record, RecordKey, StoreError, Window, deleted, page, records};

/// The store as it was at one moment.
pub(crate) struct View<'c>(&'c Connection);

impl<'c> View<'c> {
    /// Shows one moment of the store to `work`.
    pub(super) fn of<T>(
        reader: &'c Connection,
        work: impl FnOnce(&Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let moment = reader.unchecked_transaction()?;
        let shown = work(&Self(reader))?;
        moment.finish()?;
        Ok(shown)
    }

    pub(crate) fn record(&self, object: ObjectKey, id: &str) -> Result<Option<Record>, StoreError> {
        records::find(self.0, object, id)
    }

    /// The records that a window shows.
    pub(crate) fn page(&self, window: &Window) -> Result<Page, StoreError> {
        page::read(self.0, window)
    }

    /// The records whose to-one link names this id, in the order of their creation.
    pub(crate) fn linking(
        &self,
        links: &LinkField,
        target: &str,
        slice: Slice,
    ) -> Result<Vec<Record>, StoreError> {
        self.records(links::linking(self.0, links, target, slice)?)
    }

    pub(crate) fn linking_count(&self, links: &LinkField, target: &str) -> Result<u64, StoreError> {
        links::linking_count(self.0, links, target)
    }

    /// The other records of a record's pairs, in the order of their creation.
    pub(crate) fn paired(
        &self,
        links: &LinkField,
        record: RecordKey,
        slice: Slice,
    ) -> Result<Vec<Record>, StoreError> {
        self.records(links::paired(self.0, links, record, slice)?)
    }

    pub(crate) fn paired_count(
        &self,
        links: &LinkField,
        record: RecordKey,
    ) -> Result<u64, StoreError> {
        links::paired_count(self.0, links, record)
    }

    /// The records of an object that were deleted at this moment or later, the last one first.
    pub(crate) fn deleted(
        &self,
        object: ObjectKey,
        since: i64,
        slice: Slice,
    ) -> Result<deleted::Deleted, StoreError> {
        deleted::since(self.0, object, since, slice)
    }

    fn records(&self, keys: Vec<RecordKey>) -> Result<Vec<Record>, StoreError> {
        let found = keys.into_iter().filter_map(|key| records::get(self.0, key).transpose());
        found.collect()
    }
}
