//! All records of a list.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{ListToken, Pages};
use crate::{Error, Record, RecordType, UnreadableRow};

/// All records of a list, one after the other: [`next`](Self::next) until there is none, or as a
/// `Stream`. It reads as [`Pages`] does, and holds two pages at most, sixteen bytes for each id, and the
/// rows that could not be read.
#[must_use = "nothing is read until the first is asked for"]
pub struct EachRecord<T> {
    pages: Pages<T>,
    /// Each with its place in the list.
    waiting: VecDeque<(u64, Record<T>)>,
    unreadable: Vec<UnreadableRow>,
}

impl<T: RecordType> EachRecord<T> {
    pub(super) const fn new(pages: Pages<T>) -> Self {
        Self { pages, waiting: VecDeque::new(), unreadable: Vec::new() }
    }

    /// The next record; nothing after the last one, or after an error.
    #[allow(clippy::should_implement_trait, reason = "it is awaited, as that of a `StreamExt` is")]
    pub async fn next(&mut self) -> Option<Result<Record<T>, Error>> {
        poll_fn(|cx| self.poll_record(cx)).await
    }

    /// The rows so far that could not be read as a `T`, each with its id and what did not fit.
    pub fn unreadable(&self) -> &[UnreadableRow] {
        &self.unreadable
    }

    /// Where to go on after the records so far.
    ///
    /// # Errors
    ///
    /// When a value to filter by can't be sent; the error names its field.
    pub fn token(&self) -> Result<ListToken, Error> {
        match self.waiting.front() {
            Some((place, _)) => self.pages.token_at(*place),
            None => self.pages.token(),
        }
    }

    fn poll_record(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Record<T>, Error>>> {
        loop {
            if let Some((_, record)) = self.waiting.pop_front() {
                return Poll::Ready(Some(Ok(record)));
            }
            match ready!(self.pages.poll_page(cx)) {
                Some(Ok(page)) => {
                    self.unreadable.extend_from_slice(&page.unreadable);
                    self.waiting.extend(page.into_placed());
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: RecordType> Stream for EachRecord<T> {
    type Item = Result<Record<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_record(cx)
    }
}

impl<T> Unpin for EachRecord<T> {}

impl<T> fmt::Debug for EachRecord<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EachRecord").field("pages", &self.pages).finish_non_exhaustive()
    }
}
