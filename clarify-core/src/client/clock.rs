//! The time, and waiting.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// Tells the time and waits, for retries and rate limits. A test gives the client a clock of its
/// own, and waits for nothing.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time of day.
    fn timestamp(&self) -> Timestamp;

    /// A time that only goes forward, to measure by.
    fn instant(&self) -> Instant;

    /// Ends after this long.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// The machine's clock, with Tokio's timer. In a browser (`wasm32`) there is neither, and a program
/// gives a clock of its own.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[cfg(not(target_arch = "wasm32"))]
impl Clock for SystemClock {
    fn timestamp(&self) -> Timestamp {
        Timestamp::now()
    }

    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(duration))
    }
}
