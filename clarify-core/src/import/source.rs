//! Where the records come from.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

/// Any number of items: an iterator, or a stream with [`Source::stream`].
pub struct Source<'s, R>(Kind<'s, R>);

enum Kind<'s, R> {
    Iterator(Box<dyn Iterator<Item = R> + Send + 's>),
    Stream(Pin<Box<dyn Stream<Item = R> + Send + 's>>),
}

impl<'s, R> Source<'s, R> {
    /// The items of a stream. They are taken as they come; where none comes for a while, a batch is
    /// sent that is not full.
    ///
    /// ```no_run
    /// # use clarify_core::{Client, ClarifyObject};
    /// # use clarify_core::import::Source;
    /// # #[derive(Debug, ClarifyObject)]
    /// # #[clarify(object = "company")]
    /// # struct Company { name: Option<String>, #[clarify(unique)] domains: Vec<String> }
    /// # async fn example(clarify: Client, rows: impl futures_core::Stream<Item = Company> + Send) -> Result<(), clarify_core::Error> {
    /// let report = clarify.records::<Company>().import(Source::stream(rows)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(stream: impl Stream<Item = R> + Send + 's) -> Self {
        Self(Kind::Stream(Box::pin(stream)))
    }

    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<R>> {
        match &mut self.0 {
            Kind::Iterator(items) => Poll::Ready(items.next()),
            Kind::Stream(items) => items.as_mut().poll_next(cx),
        }
    }
}

impl<R> fmt::Debug for Source<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source")
    }
}

/// What can be imported: everything that can be iterated over, and a [`Source`].
pub trait ImportSource<'s> {
    /// One item.
    type Item;

    /// The items.
    fn into_source(self) -> Source<'s, Self::Item>;
}

impl<'s, I> ImportSource<'s> for I
where
    I: IntoIterator,
    I::IntoIter: Send + 's,
{
    type Item = I::Item;

    fn into_source(self) -> Source<'s, I::Item> {
        Source(Kind::Iterator(Box::new(self.into_iter())))
    }
}

impl<'s, R> ImportSource<'s> for Source<'s, R> {
    type Item = R;

    fn into_source(self) -> Self {
        self
    }
}
