//! Lists, their pages and their records.

mod each;
mod page;
mod pages;
mod token;

use std::fmt;
use std::future::IntoFuture;

pub use each::EachRecord;
pub use page::Page;
pub use pages::Pages;
pub use token::ListToken;

use super::operation::Sent;
use super::{Client, Explanation};
use crate::request::read::{self, Rows};
use crate::request::{Calls, ListQuery};
use crate::{ClarifyObject, ConditionOn, Error, RecordType, SortOn};

/// A list that has yet to be read: `.await` it for a page, or go through all of it with
/// [`records`](Self::records) or [`pages`](Self::pages).
///
/// ```no_run
/// # use clarify_core::{Client, ClarifyObject};
/// # #[derive(Debug, ClarifyObject)]
/// # #[clarify(object = "person")]
/// # struct Person { name: Option<String>, title: Option<String> }
/// # async fn example(clarify: Client) -> Result<(), clarify_core::Error> {
/// let people = clarify.records::<Person>();
/// let leaders = people.list().filter(Person::TITLE.contains("VP")).sort(Person::NAME.asc());
/// let page = leaders.clone().limit(25).await?;
/// println!("the first {} of {:?}", page.records.len(), page.total);
///
/// let mut all = leaders.records();
/// while let Some(person) = all.next().await {
///     let person = person?;
///     println!("{}: {:?}", person.id, person.attributes.name);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is read until it is awaited"]
pub struct List<T> {
    client: Client,
    calls: Calls<T>,
    query: ListQuery<T>,
    strict: bool,
}

impl<T: RecordType> List<T> {
    pub(super) fn new(client: Client, calls: Calls<T>) -> Self {
        Self { client, calls, query: ListQuery::new(), strict: false }
    }

    /// Only records that meet this condition; with several, those that meet all. Two conditions on
    /// one field make a range.
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

    /// Asks for the struct's own fields alone (`fields[person]=name,title`), so that records with
    /// many others are small to send. A struct with an `extra` field gets nothing in it. A service
    /// that does not know the parameter answers with all fields, which does no harm.
    pub fn own_fields(mut self) -> Self
    where
        T: ClarifyObject,
    {
        self.query.own_fields();
        self
    }

    /// Asks for these fields alone (`fields[person]=name,title`), as
    /// [`own_fields`](Self::own_fields) does for a struct.
    pub fn fields<N: AsRef<str>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.query.fields(names);
        self
    }

    /// Fails where a row does not fit the struct, in place of keeping it apart.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Goes on where another reading of the same list ended.
    ///
    /// # Errors
    ///
    /// When the token is of another list: of another object, or with other filters or another sort.
    pub fn resume(mut self, token: &ListToken) -> Result<Self, Error> {
        let offset = token.offset_in(&self.call()?)?;
        self.query.offset(offset);
        Ok(self)
    }

    /// All pages, one after the other.
    pub fn pages(self) -> Pages<T> {
        Pages::new(self)
    }

    /// All records, one after the other, page by page.
    pub fn records(self) -> EachRecord<T> {
        EachRecord::new(self.pages())
    }

    /// What would be sent for the first page.
    ///
    /// # Errors
    ///
    /// When a value to filter by can't be sent; the error names its field.
    pub fn explain(&self) -> Result<Explanation, Error> {
        Ok(Explanation::of(&self.client, &self.call()?))
    }

    fn call(&self) -> Result<crate::request::Call, Error> {
        self.calls.list(&self.query)
    }

    /// Reads the page.
    fn fetch(&self) -> Sent<Rows<T>> {
        let (client, call) = (self.client.clone(), self.call());
        let read = if self.strict { read::strict_rows } else { read::rows };
        Box::pin(async move { client.send(&call?, read).await })
    }
}

impl<T: RecordType> IntoFuture for List<T> {
    type Output = Result<Page<T>, Error>;
    type IntoFuture = Sent<Page<T>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let rows = self.fetch().await?;
            Ok(Page::new(rows, self))
        })
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        let Self { client, calls, query, strict } = self;
        Self { client: client.clone(), calls: calls.clone(), query: query.clone(), strict: *strict }
    }
}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client, calls, query, strict } = self;
        f.debug_struct("List")
            .field("client", client)
            .field("calls", calls)
            .field("query", query)
            .field("strict", strict)
            .finish()
    }
}
