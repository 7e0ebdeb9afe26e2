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
use super::unit::{Batch, Prepared, Unit};
use super::{Checkpoint, End, Event, Imported, Progress, Report};
use crate::client::Sender;
use crate::{Error, MAX_BATCH};

/// How an item is made ready to be sent.
pub(super) type Prepare<R> = Box<dyn Fn(&R) -> Prepared + Send>;

/// What keeps a checkpoint, so that it survives the program.
pub(super) type Keep = Box<dyn FnMut(&Checkpoint) -> io::Result<()> + Send>;

/// How many items are open for each batch under way: while one is tried again, others go on.
const OPEN_PER_BATCH: usize = 4 * MAX_BATCH;

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
    /// The items that have not been given out, in order.
    pub(super) open: VecDeque<Open<R>>,
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

/// An item that has not been given out.
pub(super) struct Open<R> {
    index: u64,
    item: R,
    /// Whether it was sent, or is about to be, in this run or an earlier one.
    is_sent: bool,
    end: Option<Ended>,
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
        let lost: Vec<u64> = self.open.iter().map(|open| open.index).collect();
        for index in &lost {
            let error = self.stopped().unwrap_or_else(Error::stopped);
            self.end(*index, Ended::Uncertain(error));
        }
        !lost.is_empty()
    }

    /// Goes on with all that can be gone on with. Says whether the source has nothing for now.
    fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        loop {
            let source_waits = self.start_batches(cx);
            self.tell();
            match self.lanes.poll_finished(cx) {
                Poll::Ready(Some(finished)) => self.finish(finished),
                Poll::Ready(None) | Poll::Pending => return source_waits,
            }
        }
    }

    /// The first open item, if its end is known.
    fn give_out(&mut self) -> Option<Imported<T, R>> {
        self.note_first()?;
        let Open { index, item, end, .. } = self.open.pop_front()?;
        Some(Imported { index, item, end: End::from(end?) })
    }

    /// The same for a report, which has no use for an item that was written.
    pub(super) fn give_to(&mut self, report: &mut Report<T, R>) {
        if self.first_end().is_some_and(Ended::is_failure) {
            self.give_out().into_iter().for_each(|imported| report.add(imported));
        } else if self.note_first().is_some() {
            self.open.pop_front();
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
        self.checkpoint.take();
        if !is_left && self.done == index {
            self.done += 1;
            while self.finished.remove(&self.done) {
                self.done += 1;
            }
        } else if !is_left {
            self.finished.insert(index);
        }
        Some(())
    }

    /// Sends as many batches as may be under way. Says whether the source has nothing for now.
    fn start_batches(&mut self, cx: &mut Context<'_>) -> bool {
        loop {
            let source_waits = self.read(cx);
            if let Some(error) = self.run.stopped().cloned() {
                self.give_up(&error);
                return source_waits;
            }
            // Where no more can be read for now, what is under way will make room or time for it.
            let waits = source_waits || self.is_full();
            let may_be_short = self.source.is_none() || (waits && self.lanes.are_empty());
            let is_ready = self.queue.has_enough() || (may_be_short && !self.queue.is_empty());
            if !is_ready || !self.lanes.have_room(!self.queue.has_creates()) {
                return source_waits;
            }
            let batch = self.queue.take(self.settings.concurrency == 1);
            if batch.units.is_empty() {
                return source_waits;
            }
            self.start(batch);
        }
    }

    fn start(&mut self, batch: Batch) {
        self.mark(&batch, true);
        if let Err(error) = self.keep() {
            return self.leave(&batch, &Error::not_kept(error));
        }
        if self.run.is_watched() {
            let items: Vec<u64> = batch.units.iter().map(|unit| unit.index).collect();
            self.run.tell(Event::Sending { checkpoint: self.checkpoint(), items: &items });
        }
        self.lanes.send(&self.sender, batch);
    }

    fn mark(&mut self, batch: &Batch, is_sent: bool) {
        self.checkpoint.take();
        for unit in &batch.units {
            if let Some(open) = self.open_at(unit.index) {
                open.is_sent = is_sent;
            }
        }
    }

    fn keep(&mut self) -> io::Result<()> {
        let Some(mut keep) = self.keep.take() else { return Ok(()) };
        let kept = keep(self.checkpoint());
        self.keep = Some(keep);
        kept
    }

    /// Stops before these are sent, since where the import stands could not be kept.
    fn leave(&mut self, batch: &Batch, error: &Error) {
        self.run.stop(error);
        self.mark(batch, false);
        for unit in &batch.units {
            self.end(unit.index, Ended::NotAttempted(error.clone()));
        }
    }

    /// Reads items until there are enough for a batch. Says whether the source has none for now.
    fn read(&mut self, cx: &mut Context<'_>) -> bool {
        while !self.queue.has_enough() && !self.is_full() {
            let Some(source) = &mut self.source else { return false };
            match source.poll_next(cx) {
                Poll::Ready(Some(item)) => self.take(item),
                Poll::Ready(None) => self.source = None,
                Poll::Pending => return true,
            }
        }
        false
    }

    fn is_full(&self) -> bool {
        self.open.len() >= self.settings.concurrency.saturating_mul(OPEN_PER_BATCH)
    }

    fn take(&mut self, item: R) {
        let index = self.next;
        self.next += 1;
        if index < self.before.done || self.before.finished.contains(&index) {
            return;
        }
        let is_sent = self.before.sent.contains(&index);
        self.open.push_back(Open { index, item, is_sent, end: None });
        if let Some(end) = self.admit(is_sent) {
            self.end(index, end);
        }
    }

    /// Leaves what waits, for this reason.
    fn give_up(&mut self, error: &Error) {
        let units: Vec<Unit> = self.queue.drain().collect();
        for unit in units {
            self.end(unit.index, Ended::NotAttempted(error.clone()));
        }
    }

    /// Puts the item that was read last into the queue, if it is to be sent; else it has its end.
    fn admit(&mut self, was_sent: bool) -> Option<Ended> {
        if let Some(error) = self.run.stopped() {
            return Some(Ended::NotAttempted(error.clone()));
        }
        let Open { index, item, .. } = self.open.back()?;
        let (index, prepared) = (*index, (self.prepare)(item));
        let may_be_sent = prepared.as_ref().is_ok_and(|unit| !unit.work.is_sent_once());
        if !may_be_sent && was_sent {
            return Some(Ended::Uncertain(Error::sent_before()));
        }
        let problems = match prepared {
            Err(problems) => problems,
            Ok(unit) if unit.is_empty => return Some(Ended::Unchanged),
            Ok(mut unit) if !self.settings.is_dry => {
                unit.index = index;
                self.queue.push(unit);
                return None;
            }
            Ok(unit) => self.run.check(&unit),
        };
        if problems.is_empty() {
            return Some(Ended::Valid);
        }
        Some(Ended::Refused(self.run.unsendable(problems)))
    }

    fn finish(&mut self, mut batch: Batch) {
        for unit in &mut batch.units {
            self.queue.release(unit.keys.iter());
            if let Some(end) = unit.end.take() {
                self.end(unit.index, end);
            }
        }
        self.queue.take_back(batch);
        self.tell();
    }

    /// Tells how many items have come to their end, if there are more than the last time.
    fn tell(&mut self) {
        if std::mem::replace(&mut self.told, self.progress.total()) != self.told {
            self.run.tell(Event::Progress(self.progress));
        }
    }

    fn open_at(&mut self, index: u64) -> Option<&mut Open<R>> {
        let place = self.place(index)?;
        self.open.get_mut(place)
    }

    /// Where an item stands among those that are open. They follow one another, but for those that an
    /// earlier run has done.
    fn place(&self, index: u64) -> Option<usize> {
        let first = self.open.front()?.index;
        let place = index.checked_sub(first).and_then(|place| usize::try_from(place).ok())?;
        if self.open.get(place).is_some_and(|open| open.index == index) {
            return Some(place);
        }
        self.open.binary_search_by_key(&index, |open| open.index).ok()
    }

    /// Notes the end of an open item.
    fn end(&mut self, index: u64, ended: Ended) {
        self.progress.count(&ended);
        if let Some(open) = self.open_at(index) {
            open.end = Some(ended);
        }
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
