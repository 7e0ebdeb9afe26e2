//! A clock for tests that wait for nothing.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use clarify_core::Clock;
use jiff::Timestamp;

/// A clock that stands still but for those who sleep by it: it goes forward by what they ask for, at
/// once.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    began: (Timestamp, Instant),
    slept: Vec<Duration>,
}

impl TestClock {
    /// A clock that shows the time of day.
    #[must_use]
    pub fn new() -> Self {
        Self::at(Timestamp::now())
    }

    /// A clock that shows this time.
    #[must_use]
    pub fn at(time: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(State { began: (time, Instant::now()), slept: Vec::new() })))
    }

    /// How long was slept each time.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        self.state().slept.clone()
    }

    /// How long was slept in all.
    #[must_use]
    pub fn passed(&self) -> Duration {
        self.state().slept.iter().sum()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TestClock {
    fn timestamp(&self) -> Timestamp {
        let passed = self.passed();
        self.state().began.0 + passed
    }

    fn instant(&self) -> Instant {
        let passed = self.passed();
        self.state().began.1 + passed
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.state().slept.push(duration);
        Box::pin(std::future::ready(()))
    }
}
