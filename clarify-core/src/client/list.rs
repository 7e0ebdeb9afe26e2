//! Lists and their pages.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use super::Client;
use crate::request::list::ListQuery;
use crate::request::read::{self, Rows};
use crate::{ClarifyObject, ConditionOn, Error, Record, SortOn, UnreadableRow};

/// A list that has yet to be read: `.await` it for a page.
///
/// ```no_run
/// # use clarify_core::{Client, ClarifyObject};
/// # #[derive(Debug, ClarifyObject)]
/// # #[clarify(object = "person")]
/// # struct Person { name: Option<String>, title: Option<String> }
/// # async fn example(clarify: Client) -> Result<(), clarify_core::Error> {
/// let people = clarify.records::<Person>();
/// let mut next = Some(people.list().filter(Person::TITLE.contains("VP")).sort(Person::NAME.asc()));
/// while let Some(list) = next {
///     let page = list.await?;
///     for person in &page.records {
///         println!("{}: {:?}", person.id, person.attributes.name);
///     }
///     next = page.next();
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is read until it is awaited"]
pub struct List<T> {
    client: Client,
    query: ListQuery,
    object: PhantomData<fn() -> T>,
}

impl<T: ClarifyObject> List<T> {
    pub(super) fn new(client: Client) -> Self {
        Self { client, query: ListQuery::default(), object: PhantomData }
    }

    /// Only records that meet this condition; with several, those that meet all.
    pub fn filter(mut self, condition: impl ConditionOn<T>) -> Self {
        self.query.filter(condition);
        self
    }

    /// In this order, in place of the order of creation. A second sort replaces the first.
    pub fn sort(mut self, sort: impl SortOn<T>) -> Self {
        self.query.sort(sort);
        self
    }

    /// How many records a page has: 500 where nothing is said. The documented service takes 1 to
    /// 1000, the hosted one 1 to 500.
    pub fn limit(mut self, limit: u64) -> Self {
        self.query.limit(limit);
        self
    }

    /// How many records to leave out at the beginning.
    pub fn offset(mut self, offset: u64) -> Self {
        self.query.offset(offset);
        self
    }
}

impl<T: ClarifyObject> IntoFuture for List<T> {
    type Output = Result<Page<T>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let call = self.query.call::<T>()?;
            let rows = self.client.send(&call, read::rows).await?;
            Ok(Page::new(rows, self))
        })
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), query: self.query.clone(), object: PhantomData }
    }
}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List").field("client", &self.client).field("query", &self.query).finish()
    }
}

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
    /// How many records come before this page.
    pub offset: u64,
    /// How many records a page has at most, if the service says so.
    pub limit: Option<u64>,
    list: List<T>,
}

impl<T: ClarifyObject> Page<T> {
    fn new(rows: Rows<T>, list: List<T>) -> Self {
        let Rows { records, unreadable, total, offset, limit } = rows;
        let offset = offset.unwrap_or_else(|| list.query.offset_is());
        Self { records, unreadable, total, offset, limit, list }
    }

    /// The list of the next page, with the same filters, sort and limit; nothing at the end.
    ///
    /// It begins after the rows that really came, so that none is skipped where a service gives
    /// fewer than it was asked for. Where they came from is taken from what was asked for: with a
    /// service that repeats itself the pages still end. No link of the service's is followed.
    #[must_use]
    pub fn next(&self) -> Option<List<T>> {
        let came = u64::try_from(self.records.len() + self.unreadable.len()).ok()?;
        let end = self.list.query.offset_is().checked_add(came)?;
        let more = match self.total {
            Some(total) => end < total,
            None => came > 0,
        };
        (more && came > 0).then(|| self.list.clone().offset(end))
    }
}
