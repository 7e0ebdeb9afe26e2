//! The tries of one call.

use std::time::{Duration, Instant};

use super::{Budget, RetryPolicy};
use crate::Error;
use crate::request::Call;

/// The tries of one call so far.
#[derive(Debug)]
pub(crate) struct Tries<'p> {
    policy: &'p RetryPolicy,
    began: Instant,
    /// How many have been made.
    count: u32,
    /// How many of them were answered 500.
    failures: u32,
    /// Whether one of them may have been carried out, without an answer that said so.
    maybe_done: bool,
}

impl<'p> Tries<'p> {
    pub(crate) const fn begin(policy: &'p RetryPolicy, now: Instant, maybe_done: bool) -> Self {
        Self { policy, began: now, count: 0, failures: 0, maybe_done }
    }

    pub(crate) const fn count(&self) -> u32 {
        self.count
    }

    pub(crate) const fn maybe_done(&self) -> bool {
        self.maybe_done
    }

    /// How long the call may still take.
    pub(crate) fn time_left(&self, now: Instant) -> Duration {
        self.policy.total_time.saturating_sub(now.duration_since(self.began))
    }

    /// A try has failed: how long to wait for the next, if there is to be one.
    pub(crate) fn after(
        &mut self,
        call: &Call,
        error: &Error,
        now: Instant,
        budget: &Budget,
    ) -> Option<Duration> {
        self.count += 1;
        self.maybe_done |= error.may_have_written();
        let may_repeat = call.repeatable || !self.maybe_done;
        self.failures += u32::from(error.status() == Some(500));
        let is_enough =
            self.count >= self.policy.tries || self.failures >= self.policy.tries_of_500;
        if !error.is_transient() || !may_repeat || is_enough {
            return None;
        }
        let wait = self.wait(error.retry_after());
        let in_time = wait < self.time_left(now);
        // Who was told when to come back is no burden.
        let is_free = error.is_rate_limited() || !self.policy.spends_budget;
        (in_time && (is_free || budget.spend())).then_some(wait)
    }

    /// Full jitter: between nothing and a limit that doubles each time; after what the service asks
    /// for, if it asks.
    fn wait(&self, asked: Option<Duration>) -> Duration {
        let doubled = 2_u32.saturating_pow(self.count.saturating_sub(1).min(16));
        let limit = self.policy.first_wait.saturating_mul(doubled).min(self.policy.longest_wait);
        let wait = limit.mul_f64(fastrand::f64());
        match asked {
            // Who asks for no time at all is given some.
            Some(asked) => wait.max(asked.saturating_add(wait.min(asked / 4))),
            None => wait,
        }
    }
}
