//! The outcomes of an import, in the order of its source.

use std::cell::OnceCell;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::batch::Run;
use super::lanes::Lanes;
use super::outcome::Ended;
use super::queue::Queue;
use super::source::Source;
use super::unit::Prepared;
use super::{Checkpoint, End, Imported, Progress, Report};
use crate::client::Sender;
use crate::{Error, MAX_BATCH};

/// How an item is made ready to be sent, in memory that held another.
pub(super) type Prepare<R> = Box<dyn Fn(&R, Vec<u8>) -> Prepared + Send>;

/// What keeps a checkpoint, so that it survives the program.
pub(super) type Keep = Box<dyn FnMut(&Checkpoint) -> io::Result<()> + Send>;

/// What becomes of each item of an import, in the order of the source: [`next`](Self::next) until
/// there is none, or as a `Stream`. Batches are made ready while it is asked for the next, and those
/// that are ready are sent meanwhile too.
///
/// However many items there are, it holds as many as the concurrency asks for, and no more; beside
/// them, where the service does not tell new records from others, eight bytes for each id. To end
/// early, [`stop`](Self::stop) it and take what comes; where it is dropped instead, what is under way
/// may have been written, and the [`checkpoint`](Self::checkpoint) says what that was.
#[must_use = "nothing is sent until the first is asked for"]
pub struct Outcomes<'s, T, R> {
    pub(super) run: Arc<Run>,
    pub(super) source: Option<Source<'s, R>>,
    pub(super) prepare: Prepare<R>,
    pub(super) settings: Settings,
    pub(super) keep: Option<Keep>,
    /// The items that have not been given out, in order, and what is known of each. That is looked at
    /// often, and they are large: by themselves they are in nobody's way.
    pub(super) items: VecDeque<R>,
    pub(super) open: VecDeque<Open>,
    /// The place of the item that is read next.
    pub(super) next: u64,
    pub(super) queue: Queue,
    pub(super) lanes: Lanes,
    pub(super) sender: Sender,
    /// How many items, from the first on, are done, and which ones behind them.
    pub(super) done: u64,
    pub(super) finished: BTreeSet<u64>,
    /// Where it stands, put together when somebody asks: to keep it up takes more time than any other
    /// part of an import.
    pub(super) checkpoint: OnceCell<Checkpoint>,
    /// Where an earlier run stood.
    pub(super) before: Checkpoint,
    pub(super) progress: Progress,
    /// How many items the last word on the progress was of.
    pub(super) told: u64,
    /// How many items were given out since anything was gone on with.
    pub(super) in_a_row: usize,
    pub(super) record: std::marker::PhantomData<fn() -> T>,
}

/// What is known of an item that has not been given out.
pub(super) struct Open {
    pub(super) index: u64,
    /// Whether it was sent, or is about to be, in this run or an earlier one.
    pub(super) is_sent: bool,
    pub(super) end: Option<Ended>,
}

/// What an import was asked for.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) concurrency: usize,
    pub(super) is_dry: bool,
}

impl<T, R> Outcomes<'_, T, R> {
    /// What has become of the next item; nothing after the last one.
    #[allow(clippy::should_implement_trait, reason = "it is awaited, as that of a `StreamExt` is")]
    pub async fn next(&mut self) -> Option<Imported<T, R>> {
        poll_fn(|cx| self.poll_outcome(cx)).await
    }

    /// Sends nothing more: the batches under way come to their end, and all other items are not
    /// attempted.
    pub fn stop(&self) {
        self.run.stop(&Error::stopped());
    }

    /// Why the import has stopped before its end, if it has.
    #[must_use]
    pub fn stopped(&self) -> Option<Error> {
        self.run.stopped().cloned()
    }

    /// Where the import stands: what was given out is done.
    #[must_use]
    pub fn checkpoint(&self) -> &Checkpoint {
        self.checkpoint.get_or_init(|| {
            let sent = self.open.iter().filter(|open| open.is_sent).map(|open| open.index);
            // What an earlier run has sent stays so until it is given out again: this one may end early too.
            let sent = sent.chain(self.before.sent.range(self.next..).copied()).collect();
            Checkpoint { done: self.done, finished: self.finished.clone(), sent }
        })
    }

    /// How many items have come to which end. Some of them may still wait for one before them, to be
    /// given out in their order.
    #[must_use]
    pub const fn progress(&self) -> Progress {
        self.progress
    }

    fn poll_outcome(&mut self, cx: &mut Context<'_>) -> Poll<Option<Imported<T, R>>> {
        self.poll_end(cx).map(|_| self.give_out())
    }

    /// Waits until the first open item has its end. Says whether there is one.
    pub(super) fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        // Until there is room for another batch there is little to go on with, and looking for it costs
        // more than giving an item out.
        if self.in_a_row < MAX_BATCH && self.first_end().is_some() {
            self.in_a_row += 1;
            return Poll::Ready(true);
        }
        self.in_a_row = 0;
        let source_waits = self.advance(cx);
        if self.first_end().is_some() {
            return Poll::Ready(true);
        }
        // What a source has yet to bring is not waited for once nothing of it would be sent.
        let is_over = !source_waits || self.run.stopped().is_some();
        if self.lanes.are_empty() && is_over { Poll::Ready(self.lose()) } else { Poll::Pending }
    }

    /// What has no end yet though nothing is under way was lost with the runtime that it was under way
    /// on. Says whether there is such.
    fn lose(&mut self) -> bool {
        let lost = self.open.iter().filter(|open| open.end.is_none());
        let lost: Vec<_> = lost.map(|open| (open.index, open.is_sent)).collect();
        for (index, is_sent) in &lost {
            let error = self.stopped().unwrap_or_else(Error::stopped);
            let end = if *is_sent { Ended::Uncertain } else { Ended::NotAttempted };
            self.end(*index, end(error));
        }
        !lost.is_empty()
    }

    /// The first open item, if its end is known.
    fn give_out(&mut self) -> Option<Imported<T, R>> {
        self.note_first()?;
        let Open { index, end, .. } = self.open.pop_front()?;
        Some(Imported { index, item: self.items.pop_front()?, end: End::from(end?) })
    }

    /// The same for a report, which has no use for an item that was written.
    pub(super) fn give_to(&mut self, report: &mut Report<T, R>) {
        if self.first_end().is_some_and(Ended::is_failure) {
            self.give_out().into_iter().for_each(|imported| report.add(imported));
        } else if self.note_first().is_some() {
            self.open.pop_front();
            self.items.pop_front();
        }
    }

    fn first_end(&self) -> Option<&Ended> {
        self.open.front()?.end.as_ref()
    }

    /// The first item is given out. From the first one on that was not attempted, an import goes on
    /// another time.
    fn note_first(&mut self) -> Option<()> {
        let Open { index, end, .. } = self.open.front()?;
        let (index, is_left) = (*index, matches!(end.as_ref()?, Ended::NotAttempted(_)));
        if !is_left && self.done == index {
            self.done += 1;
            while self.finished.remove(&self.done) {
                self.done += 1;
            }
        } else if !is_left {
            self.finished.insert(index);
        }
        if let Some(checkpoint) = self.checkpoint.get_mut() {
            checkpoint.sent.remove(&index);
            checkpoint.done = self.done;
            checkpoint.finished.clone_from(&self.finished);
        }
        Some(())
    }
}

impl<T, R> Stream for Outcomes<'_, T, R> {
    type Item = Imported<T, R>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_outcome(cx)
    }
}

// Nothing in it is pinned in place: what is polled is in a box of its own.
impl<T, R> Unpin for Outcomes<'_, T, R> {}

impl<T, R> fmt::Debug for Outcomes<'_, T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcomes")
            .field("run", &self.run)
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}
