//! What is read of the store at one moment, whatever is written meanwhile.

use std::cell::RefCell;

use rusqlite::Connection;

use super::at_once::at_once;
use super::links::{self, LinkField, Slice};
use super::totals::Totals;
use super::{
    Column, ObjectKey, Page, Record, RecordKey, RecordRef, Share, StoreError, Window, deleted,
    page, records,
};

/// The store as it was at one moment.
pub(crate) struct View<'c> {
    reader: &'c Connection,
    totals: &'c Totals,
    /// What a page would be found faster with, if it had an index.
    lacked: RefCell<Option<Lacked>>,
    share: Share,
}

/// An object's column without an index.
pub(super) type Lacked = (ObjectKey, Column);

/// What was made of it, the room that this takes, and what lacked an index.
pub(super) type Seen<T> = (T, Share, Option<Lacked>);

impl<'c> View<'c> {
    /// Shows one moment of the store to `work`, and tells what lacked an index.
    pub(super) fn of<T>(
        reader: &'c Connection,
        totals: &'c Totals,
        share: Share,
        work: impl FnOnce(&Self) -> Result<T, StoreError>,
    ) -> Result<Seen<T>, StoreError> {
        let view = Self { reader, totals, lacked: RefCell::default(), share };
        let shown = if reader.is_autocommit() {
            at_once(reader, || work(&view))?
        } else {
            // What is read in a transaction is of one moment already.
            work(&view)?
        };
        let lacked = view.lacked();
        Ok((shown, view.share, lacked))
    }

    /// What the last page would be found faster with.
    pub(super) fn lacked(&self) -> Option<Lacked> {
        self.lacked.borrow().clone()
    }

    pub(crate) fn record(&self, object: ObjectKey, id: &str) -> Result<Option<Record>, StoreError> {
        let found = records::find(self.reader, object, id)?;
        found.iter().try_for_each(|record| record.take(&self.share))?;
        Ok(found)
    }

    /// The records that a window shows.
    pub(crate) fn page(&self, window: &Window) -> Result<Page<Record>, StoreError> {
        self.page_as(window, |record| record.to_record())
    }

    /// What `show` makes of the records that a window shows.
    pub(crate) fn page_as<T>(
        &self,
        window: &Window,
        show: impl FnMut(RecordRef<'_>) -> T,
    ) -> Result<Page<T>, StoreError> {
        let (page, lacked) = page::read(self.reader, self.totals, &self.share, window, show)?;
        self.lacked.replace(lacked.map(|column| (window.object, column)));
        Ok(page)
    }

    /// The records whose to-one link names this id, in the order of their creation.
    pub(crate) fn linking(
        &self,
        links: &LinkField,
        target: &str,
        slice: Slice,
    ) -> Result<Vec<Record>, StoreError> {
        self.records(links::linking(self.reader, links, target, slice)?)
    }

    pub(crate) fn linking_count(&self, links: &LinkField, target: &str) -> Result<u64, StoreError> {
        links::linking_count(self.reader, links, target)
    }

    /// The other records of a record's pairs, in the order of their creation.
    pub(crate) fn paired(
        &self,
        links: &LinkField,
        record: RecordKey,
        slice: Slice,
    ) -> Result<Vec<Record>, StoreError> {
        self.records(links::paired(self.reader, links, record, slice)?)
    }

    pub(crate) fn paired_count(
        &self,
        links: &LinkField,
        record: RecordKey,
    ) -> Result<u64, StoreError> {
        links::paired_count(self.reader, links, record)
    }

    /// The records of an object that were deleted at this moment or later, the last one first.
    pub(crate) fn deleted(
        &self,
        object: ObjectKey,
        since: i64,
        slice: Slice,
    ) -> Result<deleted::Deleted, StoreError> {
        deleted::since(self.reader, &self.share, object, since, slice)
    }

    fn records(&self, keys: Vec<RecordKey>) -> Result<Vec<Record>, StoreError> {
        let found = keys.into_iter().filter_map(|key| records::get(self.reader, key).transpose());
        found.map(|record| record.and_then(|record| record.within(&self.share))).collect()
    }
}
