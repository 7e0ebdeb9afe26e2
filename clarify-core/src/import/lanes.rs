//! Batches under way.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream as _;
use futures_util::stream::FuturesUnordered;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use super::batch::Run;
use super::outcome::Ended;
use super::parcel::Batch;
use crate::Error;
use crate::client::{Background, Sender};

/// Batches under way, each on a lane, where one is sent after the other.
///
/// A lane that is done with a batch goes on with one that is ready, on the thread that the answer came
/// to: to wake who waits for outcomes takes longer than to send a batch. He is woken when few are ready.
pub(super) struct Lanes {
    under_way: FuturesUnordered<Background<()>>,
    shared: Arc<Shared>,
}

struct Shared {
    run: Arc<Run>,
    /// How many lanes there may be.
    most: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    lanes: usize,
    /// Batches for lanes that are done with another.
    ready: VecDeque<Batch>,
    finished: VecDeque<Batch>,
}

impl Lanes {
    pub(super) fn new(run: &Arc<Run>, most: usize) -> Self {
        let shared = Shared { run: Arc::clone(run), most, state: Mutex::default() };
        Self { under_way: FuturesUnordered::new(), shared: Arc::new(shared) }
    }

    /// Whether nothing is under way, and all that was has been given out.
    pub(super) fn are_empty(&self) -> bool {
        let state = self.shared.lock();
        state.lanes == 0 && state.finished.is_empty()
    }

    /// Whether there is room for a batch, be it for one that is to be ready when a lane is done. Answers
    /// come in bunches of as many as there are lanes, so there are more ready than that. With one lane
    /// nothing is begun before all that comes earlier has its end.
    pub(super) fn have_room(&self, may_wait: bool) -> bool {
        let Shared { most, .. } = *self.shared;
        let state = self.shared.lock();
        let is_free = state.lanes < most || (may_wait && state.ready.len() < 2 * (most - 1));
        // What has its end is given out first.
        is_free && state.finished.is_empty()
    }

    /// Sends a batch, now or when a lane is done with another.
    pub(super) fn send(&mut self, sender: &Sender, batch: Batch) {
        let mut state = self.shared.lock();
        if state.lanes == self.shared.most {
            return state.ready.push_back(batch);
        }
        state.lanes += 1;
        drop(state);
        let lane = Lane { shared: Arc::clone(&self.shared), is_over: false };
        let sending = lane.send(batch).in_current_span().with_current_subscriber();
        self.under_way.push(sender.begin(sending));
    }

    /// The next batch whose items have their ends, whichever that is; nothing where none is under way.
    pub(super) fn poll_finished(&mut self, cx: &mut Context<'_>) -> Poll<Option<Batch>> {
        loop {
            if let Some(finished) = self.shared.finished(cx) {
                return Poll::Ready(Some(finished));
            }
            match Pin::new(&mut self.under_way).poll_next(cx) {
                Poll::Ready(Some(_)) => {}
                Poll::Ready(None) => return Poll::Ready(None),
                // Lanes that go on here, and nowhere else, may have come further by now.
                Poll::Pending => {
                    let finished = self.shared.lock().finished.pop_front();
                    return finished.map_or(Poll::Pending, |batch| Poll::Ready(Some(batch)));
                }
            }
        }
    }
}

/// Where one batch is sent after the other.
struct Lane {
    shared: Arc<Shared>,
    is_over: bool,
}

impl Lane {
    async fn send(mut self, batch: Batch) {
        let mut next = Some(batch);
        while let Some(mut batch) = next {
            self.shared.run.batch(&mut batch).await;
            next = self.shared.after(batch);
        }
        self.is_over = true;
    }
}

impl Drop for Lane {
    /// Its runtime may end before it is over, and who is told of events may panic.
    fn drop(&mut self) {
        if !self.is_over {
            self.shared.cut();
        }
    }
}

impl Shared {
    /// The batch that a lane goes on with after this one.
    fn after(&self, finished: Batch) -> Option<Batch> {
        let mut state = self.lock();
        state.finished.push_back(finished);
        let next = state.ready.pop_front();
        state.lanes -= usize::from(next.is_none());
        let are_few = state.ready.len() <= self.most / 4;
        drop(state);
        if are_few {
            self.run.waiting.wake();
        }
        next
    }

    fn finished(&self, cx: &Context<'_>) -> Option<Batch> {
        let mut state = self.lock();
        let finished = state.finished.pop_front();
        if finished.is_none() {
            self.run.waiting.set(cx.waker());
        }
        finished
    }

    /// A lane has ended before its batch. What was ready for it was not sent.
    fn cut(&self) {
        self.run.cut();
        let left = Ended::NotAttempted(self.run.stopped().cloned().unwrap_or_else(Error::stopped));
        let mut state = self.lock();
        state.lanes -= 1;
        let mut ready = std::mem::take(&mut state.ready);
        ready.iter_mut().for_each(|batch| batch.end(&left));
        state.finished.append(&mut ready);
        drop(state);
        self.run.waiting.wake();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
