//! Who waits for outcomes.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::client::Clock;

/// Who waits for outcomes, to be woken when there are some.
#[derive(Debug, Default)]
pub(super) struct Waiting(Mutex<Option<Waker>>);

impl Waiting {
    pub(super) fn set(&self, waker: &Waker) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker.clone());
    }

    pub(super) fn wake(&self) {
        let waker = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        waker.into_iter().for_each(Waker::wake);
    }
}

/// A clock that wakes who waits for outcomes before it is waited for: what has come to its end is not
/// held back by a rate that is used up, or by a service that is down.
#[derive(Debug)]
pub(super) struct WakingClock {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) waiting: Arc<Waiting>,
}

impl Clock for WakingClock {
    fn timestamp(&self) -> Timestamp {
        self.clock.timestamp()
    }

    fn instant(&self) -> Instant {
        self.clock.instant()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.waiting.wake();
        self.clock.sleep(duration)
    }
}
