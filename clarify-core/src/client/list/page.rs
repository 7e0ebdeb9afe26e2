//! One page of a list.

use super::List;
use crate::request::read::Rows;
use crate::{Record, RecordType, UnreadableRow};

/// One page of a list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The records, in order.
    pub records: Vec<Record<T>>,
    /// The rows that could not be read as a `T`, each with its id and what did not fit.
    pub unreadable: Vec<UnreadableRow>,
    /// How many records there are on all pages, if the service says so.
    pub total: Option<u64>,
    /// What [`total`](Self::total) was on the page before, where [`Pages`](super::Pages) has seen it
    /// change: records came or went in between.
    pub total_before: Option<u64>,
    /// How many records come before this page.
    pub offset: u64,
    /// How many records a page has at most, if the service says so.
    pub limit: Option<u64>,
    pub(super) list: List<T>,
    /// Where each record stands on the page.
    places: Vec<u64>,
}

impl<T: RecordType> Page<T> {
    pub(super) fn new(rows: Rows<T>, list: List<T>) -> Self {
        let Rows { records, unreadable, total, offset, limit, places } = rows;
        let offset = offset.unwrap_or_else(|| list.query.offset_is());
        Self { records, unreadable, total, total_before: None, offset, limit, list, places }
    }

    /// How many rows came.
    pub(super) fn came(&self) -> u64 {
        u64::try_from(self.records.len() + self.unreadable.len()).unwrap_or(u64::MAX)
    }

    /// Keeps the rows whose ids are wanted, and those that have none.
    pub(super) fn retain(&mut self, mut wanted: impl FnMut(&str) -> bool) {
        let wanted_records: Vec<bool> =
            self.records.iter().map(|record| wanted(record.id.as_str())).collect();
        let mut wanted_places = wanted_records.iter();
        self.places.retain(|_| wanted_places.next() == Some(&true));
        let mut wanted_records = wanted_records.iter();
        self.records.retain(|_| wanted_records.next() == Some(&true));
        self.unreadable.retain(|row| row.id.as_deref().is_none_or(&mut wanted));
    }

    /// The records, each with its place in the whole list.
    pub(super) fn into_placed(self) -> impl Iterator<Item = (u64, Record<T>)> {
        let offset = self.list.query.offset_is();
        self.places.into_iter().map(move |place| offset + place).zip(self.records)
    }

    /// The list of the next page, with the same filters, sort and limit; nothing at the end.
    ///
    /// It begins after the rows that really came, so that none is skipped where a service gives
    /// fewer than it was asked for. Where they came from is taken from what was asked for: with a
    /// service that repeats itself the pages still end. No link of the service's is followed.
    #[must_use]
    pub fn next(&self) -> Option<List<T>> {
        let came = self.came();
        let end = self.list.query.offset_is().checked_add(came)?;
        let more = match self.total {
            Some(total) => end < total,
            None => came > 0,
        };
        (more && came > 0).then(|| self.list.clone().offset(end))
    }
}
