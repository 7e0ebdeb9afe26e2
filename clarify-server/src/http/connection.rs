//! What is known of one connection: by the stream that reads it, the service that answers it and
//! the one who decides whether it may stay open.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use super::head::Unreadable;
use super::limits::Limits;

/// How long what a client still sends is read after the last answer.
const LINGER: Duration = Duration::from_secs(2);

/// How many times as long as a body an answer may take, so that nobody takes it for ever.
const ANSWERING: u32 = 10;

/// One connection.
pub(super) struct Connection {
    state: Mutex<State>,
    /// There is something to do before the next limit.
    called: Notify,
    /// Tells whoever waits for a place that there is an idle connection.
    rested: Arc<Notify>,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    since: Instant,
    /// Whether the service has a request.
    works: bool,
    /// Since when no byte of an answer was taken.
    stalled: Option<Instant>,
    /// Since when an answer is written.
    answering: Option<Instant>,
    /// Whether it is to be closed if it is idle.
    is_unwanted: bool,
    is_cut: bool,
    refusal: Option<Unreadable>,
}

/// What a connection is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Between requests.
    Idle,
    /// A head has begun and is not over.
    Head,
    /// A request is read, carried out or answered.
    UnderWay,
    /// The last answer is sent.
    Closing,
}

/// What is to be done with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Nobody asks for anything.
    Close,
    /// The head takes too long.
    Refuse,
    /// Nothing more can be said to the client, or shall be.
    Cut,
}

/// While it lives, the service has a request.
pub(super) struct Work(Arc<Connection>);

impl Work {
    pub(super) const fn connection(&self) -> &Arc<Connection> {
        &self.0
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.works = false;
        state.answering = Some(Instant::now());
    }
}

impl Connection {
    pub(super) fn new(rested: Arc<Notify>) -> Self {
        let state = State {
            phase: Phase::Idle,
            since: Instant::now(),
            works: false,
            stalled: None,
            answering: None,
            is_unwanted: false,
            is_cut: false,
            refusal: None,
        };
        Self { state: Mutex::new(state), called: Notify::new(), rested }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says what it is at now.
    pub(super) fn enter(&self, phase: Phase) {
        self.state().enter(phase);
    }

    /// Nothing is left to write: `next` is what it is at, unless a request is being carried out.
    pub(super) fn written(&self, next: Phase) {
        let mut state = self.state();
        if state.phase == Phase::UnderWay && !state.works {
            state.phase = next;
            state.since = Instant::now();
            state.answering = None;
            self.rested.notify_one();
        }
    }

    pub(super) fn work(self: &Arc<Self>) -> Work {
        let mut state = self.state();
        if state.phase == Phase::Idle {
            // This request came together with the one before it: nothing is read in between.
            state.enter(Phase::UnderWay);
        }
        state.works = true;
        state.answering = None;
        drop(state);
        Work(Arc::clone(self))
    }

    /// Says whether the client takes what is written.
    pub(super) fn takes(&self, takes: bool) {
        let mut state = self.state();
        state.stalled = if takes { None } else { state.stalled.or_else(|| Some(Instant::now())) };
    }

    /// Why the request that comes next can't be read.
    pub(super) fn refuse(&self, why: Unreadable) {
        let mut state = self.state();
        state.refusal.get_or_insert(why);
        state.phase = Phase::UnderWay;
    }

    pub(super) fn refusal(&self) -> Option<Unreadable> {
        self.state().refusal.clone()
    }

    /// Since when it has been without a request.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        let state = self.state();
        (state.phase == Phase::Idle).then_some(state.since)
    }

    /// Whether it was asked to make room and is about to.
    pub(super) fn is_leaving(&self) -> bool {
        self.state().is_unwanted
    }

    /// Has it closed, if it is idle by then.
    pub(super) fn make_room(&self) {
        self.state().is_unwanted = true;
        self.called.notify_one();
    }

    /// Ends it without another byte.
    pub(super) fn cut(&self) {
        self.state().is_cut = true;
        self.called.notify_one();
    }

    /// Waits until something is to be done.
    pub(super) async fn due(&self, limits: &Limits) -> Due {
        loop {
            let now = Instant::now();
            let next = self.state().due(limits);
            match next {
                Some((at, due)) if at <= now => return due,
                next => {
                    let look = now + limits.shortest().min(LINGER);
                    let at = next.map_or(look, |(at, _)| at.min(look));
                    let _ = timeout_at(at, self.called.notified()).await;
                }
            }
        }
    }
}

impl State {
    fn enter(&mut self, phase: Phase) {
        if self.phase != phase {
            self.phase = phase;
            self.since = Instant::now();
            // Whoever asked for room finds another connection.
            self.is_unwanted &= phase == Phase::Closing;
        }
    }

    /// What is to be done next, and when.
    fn due(&self, limits: &Limits) -> Option<(Instant, Due)> {
        if self.is_cut {
            return Some((self.since, Due::Cut));
        }
        if let Some(stalled) = self.stalled {
            return Some((stalled + limits.body, Due::Cut));
        }
        if let Some(since) = self.answering.filter(|_| self.phase == Phase::UnderWay) {
            return Some((since + limits.body * ANSWERING, Due::Cut));
        }
        match self.phase {
            Phase::Idle if self.is_unwanted => Some((self.since, Due::Close)),
            Phase::Idle => Some((self.since + limits.idle, Due::Close)),
            Phase::Head => Some((self.since + limits.head, Due::Refuse)),
            Phase::UnderWay => None,
            Phase::Closing => Some((self.since + LINGER, Due::Cut)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_connection_is_not_idle_while_a_request_that_came_with_another_is_carried_out() {
        let connection = Arc::new(Connection::new(Arc::default()));
        connection.enter(Phase::UnderWay);
        drop(connection.work());
        connection.written(Phase::Idle);
        assert!(connection.idle_since().is_some());
        let second = connection.work();
        assert!(connection.idle_since().is_none());
        drop(second);
        connection.written(Phase::Idle);
        assert!(connection.idle_since().is_some());
    }
}
