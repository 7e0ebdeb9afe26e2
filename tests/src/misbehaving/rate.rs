//! A rate limit that is low enough to be met.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::message::{Request, Response};
use super::target;

/// So many requests of an endpoint in a rolling window.
#[derive(Debug)]
pub(super) struct Rate {
    limit: usize,
    window: Duration,
    /// When the requests of each endpoint were let through.
    endpoints: Mutex<HashMap<String, VecDeque<Instant>>>,
}

/// What the headers say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usage {
    limit: usize,
    remaining: usize,
    /// In how many seconds there is room for more.
    pub(super) reset: u64,
    pub(super) allowed: bool,
}

impl Rate {
    pub(super) fn new(limit: usize, window: Duration) -> Self {
        Self { limit, window, endpoints: Mutex::default() }
    }

    /// Counts a request. One that is refused is not counted: who asks too often is let in again as
    /// soon as there is room.
    pub(super) fn count(&self, request: &Request) -> Usage {
        let endpoint = format!("{} {}", request.method, target::without_id(request.path()));
        let mut endpoints = self.endpoints.lock().unwrap_or_else(PoisonError::into_inner);
        self.count_at(endpoints.entry(endpoint).or_default(), Instant::now())
    }

    fn count_at(&self, passed: &mut VecDeque<Instant>, now: Instant) -> Usage {
        while passed.front().is_some_and(|first| now.duration_since(*first) >= self.window) {
            passed.pop_front();
        }
        let allowed = passed.len() < self.limit;
        if allowed {
            passed.push_back(now);
        }
        let first = passed.front().copied().unwrap_or(now);
        let wait = self.window.saturating_sub(now.duration_since(first));
        let remaining = self.limit.saturating_sub(passed.len());
        Usage { limit: self.limit, remaining, reset: seconds(wait), allowed }
    }
}

/// Rounded up: who waits so long has waited long enough.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

impl Usage {
    /// Writes the headers, over those of the service.
    pub(super) fn stamp(&self, response: Response) -> Response {
        response
            .with("x-ratelimit-limit", &self.limit.to_string())
            .with("x-ratelimit-remaining", &self.remaining.to_string())
            .with("x-ratelimit-reset", &self.reset.to_string())
    }
}
