//! How an import goes on: items are read, made ready, sent by the batch, and given their ends.

use std::io;
use std::task::{Context, Poll};

use super::Event;
use super::outcome::Ended;
use super::outcomes::{Open, Outcomes};
use super::parcel::Batch;
use super::unit::Unit;
use crate::{Error, MAX_BATCH};

/// How many items are open for each batch under way: while one is tried again, others go on.
const OPEN_PER_BATCH: usize = 4 * MAX_BATCH;

impl<T, R> Outcomes<'_, T, R> {
    /// Goes on with all that can be gone on with. Says whether the source has nothing for now.
    pub(super) fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        loop {
            let source_waits = self.start_batches(cx);
            self.tell();
            match self.lanes.poll_finished(cx) {
                Poll::Ready(Some(finished)) => self.finish(finished),
                // It may have been stopped meanwhile: then what waits is given up.
                _ if self.run.stopped().is_some() && !self.queue.is_empty() => {}
                Poll::Ready(None) | Poll::Pending => return source_waits,
            }
        }
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
            let in_order = self.settings.concurrency == 1;
            let Some(batch) = self.queue.take(&self.run.object.name, in_order) else {
                return source_waits;
            };
            self.start(batch);
        }
    }

    fn start(&mut self, batch: Batch) {
        self.mark(&batch, true);
        if let Err(error) = self.keep() {
            return self.leave(&batch, &Error::not_kept(error));
        }
        if self.run.is_watched() {
            let items: Vec<u64> = batch.parts.iter().map(|part| part.index).collect();
            self.run.tell(Event::Sending { checkpoint: self.checkpoint(), items: &items });
        }
        self.lanes.send(&self.sender, batch);
    }

    fn mark(&mut self, batch: &Batch, is_sent: bool) {
        self.checkpoint.take();
        for part in &batch.parts {
            if let Some(open) = self.open_at(part.index) {
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
        for part in &batch.parts {
            self.end(part.index, Ended::NotAttempted(error.clone()));
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
        // It is open before it is made ready: should that panic, it is still told.
        self.items.push_back(item);
        self.open.push_back(Open { index, is_sent, end: None });
        if let Some(end) = self.admit(index, is_sent) {
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

    /// Puts an item into the queue, if it is to be sent; else it has its end.
    fn admit(&mut self, index: u64, was_sent: bool) -> Option<Ended> {
        let stopped = self.run.stopped().cloned().map(Ended::NotAttempted);
        // Of what was sent it is said even then whether it may be sent again.
        if stopped.is_some() && !was_sent {
            return stopped;
        }
        let prepared = (self.prepare)(self.items.back()?, self.queue.memory());
        let may_be_sent = prepared.as_ref().is_ok_and(|unit| !unit.work.is_sent_once());
        if !may_be_sent && was_sent {
            return Some(Ended::Uncertain(Error::sent_before()));
        }
        if stopped.is_some() {
            return stopped;
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
        for part in &mut batch.parts {
            if let Some(end) = part.end.take() {
                self.end(part.index, end);
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

    fn open_at(&mut self, index: u64) -> Option<&mut Open> {
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
    pub(super) fn end(&mut self, index: u64, ended: Ended) {
        let open = self.place(index).and_then(|place| self.open.get_mut(place));
        if let Some(open) = open.filter(|open| open.end.is_none()) {
            self.progress.count(&ended);
            open.end = Some(ended);
        }
    }
}
