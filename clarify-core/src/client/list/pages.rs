//! All pages of a list.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::future::poll_fn;
use std::hash::BuildHasher as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{List, ListToken, Page};
use crate::client::operation::Sent;
use crate::request::read::Rows;
use crate::{Error, RecordType};

/// All pages of a list, one after the other: [`next`](Self::next) until there is none, or as a
/// `Stream`.
///
/// While a page is worked on, the one after it is read. No record is given out twice, and none is
/// left out where others come or go meanwhile: each page begins after the rows that really came, an
/// id that was there before is passed over, and where the total falls, the rows that have moved up
/// are read again. (A record that is deleted and another that is made between two pages leave the
/// total as it was: then one may be missed. Sort by what does not change, and nothing else can.)
///
/// After an error there are no more pages. [`token`](Self::token) tells where to go on.
#[must_use = "nothing is read until the first is asked for"]
pub struct Pages<T> {
    list: List<T>,
    /// The page at the list's offset, on its way; nothing at the end.
    ahead: Option<Sent<Rows<T>>>,
    /// Whether that page was set out for before it was asked for.
    is_early: bool,
    seen: Seen,
    total: Option<u64>,
    /// The total that the last page said that was given out.
    told: Option<u64>,
    is_first: bool,
}

impl<T: RecordType> Pages<T> {
    pub(super) fn new(list: List<T>) -> Self {
        let ahead = Some(list.fetch());
        Self {
            list,
            ahead,
            is_early: false,
            seen: Seen::default(),
            total: None,
            told: None,
            is_first: true,
        }
    }

    /// The next page; nothing after the last one, or after an error.
    #[allow(clippy::should_implement_trait, reason = "it is awaited, as that of a `StreamExt` is")]
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    /// Where to go on after the pages so far.
    ///
    /// # Errors
    ///
    /// When a value to filter by can't be sent; the error names its field.
    pub fn token(&self) -> Result<ListToken, Error> {
        self.token_at(self.list.query.offset_is())
    }

    pub(super) fn token_at(&self, offset: u64) -> Result<ListToken, Error> {
        Ok(ListToken::new(&self.list.call()?, offset))
    }

    pub(super) fn poll_page(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        while let Some(ahead) = &mut self.ahead {
            let rows = ready!(ahead.as_mut().poll(cx));
            self.ahead = None;
            let page = match rows {
                Ok(rows) => Page::new(rows, self.list.clone()),
                // Its time may have run out while the program was at the page before.
                Err(error) if error.is_transient() && self.is_early => {
                    self.is_early = false;
                    self.ahead = Some(self.list.fetch());
                    continue;
                }
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            if let Some(page) = self.take(page, cx) {
                return Poll::Ready(Some(Ok(page)));
            }
        }
        Poll::Ready(None)
    }

    /// Takes a page that has come, and goes for the next one.
    fn take(&mut self, mut page: Page<T>, cx: &mut Context<'_>) -> Option<Page<T>> {
        let before = std::mem::replace(&mut self.total, page.total);
        if let Some(back) = self.moved_up_by(before, page.total) {
            let offset = self.list.query.offset_is() - back;
            self.read_ahead(offset, cx);
            return None;
        }
        if let Some(next) = page.next() {
            self.read_ahead(next.query.offset_is(), cx);
        } else {
            self.list.query.offset(page.list.query.offset_is() + page.came());
        }
        page.retain(|id| self.seen.is_new(id));
        let is_first = std::mem::replace(&mut self.is_first, false);
        if page.came() == 0 && page.total.is_none() {
            // A service that repeats itself has nothing more.
            self.ahead = None;
        }
        if page.came() == 0 && !is_first {
            return None;
        }
        let told = std::mem::replace(&mut self.told, page.total);
        page.total_before = told.filter(|told| Some(*told) != page.total);
        Some(page)
    }

    /// How many rows that have not been seen may have moved up, in front of the page that has come.
    fn moved_up_by(&self, before: Option<u64>, total: Option<u64>) -> Option<u64> {
        let gone = before?.checked_sub(total?)?;
        let back = gone.min(self.list.query.offset_is());
        (back > 0).then_some(back)
    }

    /// Sets out for the page at `offset`. It is polled once, so that it is under way while the page
    /// before it is worked on.
    fn read_ahead(&mut self, offset: u64, cx: &mut Context<'_>) {
        self.list.query.offset(offset);
        self.is_early = true;
        let mut ahead = self.list.fetch();
        let early = ahead.as_mut().poll(cx);
        self.ahead = Some(match early {
            Poll::Pending => ahead,
            Poll::Ready(rows) => Box::pin(std::future::ready(rows)),
        });
    }
}

impl<T: RecordType> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(cx)
    }
}

// Nothing in it is pinned in place: what is polled is in a box of its own.
impl<T> Unpin for Pages<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("list", &self.list).finish_non_exhaustive()
    }
}

/// The ids that were given out: of each 16 bytes, whatever its length.
#[derive(Default)]
struct Seen {
    ids: HashSet<(u64, u64)>,
    hashers: (RandomState, RandomState),
}

impl Seen {
    /// Notes an id. Two of a hundred million ids are taken for one with a chance of one in 10^22.
    fn is_new(&mut self, id: &str) -> bool {
        self.ids.insert((self.hashers.0.hash_one(id), self.hashers.1.hash_one(id)))
    }
}
