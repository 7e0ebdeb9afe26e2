//! How many requests came in the last minute, and whether there is room for another.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const SECONDS: u64 = 60;

/// Counts requests by endpoint.
pub(super) struct Rates {
    limit: u32,
    /// Whether requests over the limit are refused. If not, none is used up.
    is_enforced: bool,
    start: Instant,
    windows: Mutex<HashMap<String, Window>>,
}

/// What the headers say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Usage {
    pub(super) limit: u32,
    pub(super) remaining: u32,
    /// In how many seconds more requests will remain than now.
    pub(super) reset: u64,
    /// Whether the request is over the limit.
    pub(super) is_over: bool,
}

/// A count for each second of the last minute, each with the second it is of.
struct Window([(u64, u32); SECONDS as usize]);

impl Rates {
    pub(super) fn new(limit: u32, is_enforced: bool) -> Self {
        Self { limit, is_enforced, start: Instant::now(), windows: Mutex::default() }
    }

    /// Counts a request to an endpoint, unless it is over the limit. More time than was measured may
    /// have passed: a clock can be put forward.
    pub(super) fn count(
        &self,
        endpoint: impl FnOnce() -> String,
        passed: impl FnOnce() -> Duration,
    ) -> Usage {
        if self.is_enforced {
            let second = self.start.elapsed().saturating_add(passed()).as_secs();
            return self.count_at(&endpoint(), second);
        }
        self.all()
    }

    /// What remains when nothing was used up.
    pub(super) const fn all(&self) -> Usage {
        Usage { limit: self.limit, remaining: self.limit, reset: SECONDS, is_over: false }
    }

    fn count_at(&self, endpoint: &str, second: u64) -> Usage {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if !windows.contains_key(endpoint) {
            windows.insert(endpoint.to_owned(), Window([(0, 0); SECONDS as usize]));
        }
        let Some(window) = windows.get_mut(endpoint) else { return self.usage(0, second, second) };
        let is_over = window.used(second) >= self.limit;
        if !is_over {
            window.count(second);
        }
        Usage { is_over, ..self.usage(window.used(second), window.oldest(second), second) }
    }

    fn usage(&self, used: u32, oldest: u64, second: u64) -> Usage {
        Usage {
            limit: self.limit,
            remaining: self.limit.saturating_sub(used),
            reset: SECONDS - second.saturating_sub(oldest).min(SECONDS - 1),
            is_over: false,
        }
    }
}

impl Window {
    fn count(&mut self, second: u64) {
        let place = usize::try_from(second % SECONDS).unwrap_or_default();
        if let Some((of, count)) = self.0.get_mut(place) {
            *count = if *of == second { count.saturating_add(1) } else { 1 };
            *of = second;
        }
    }

    /// The counts of the minute up to this second.
    fn recent(&self, second: u64) -> impl Iterator<Item = &(u64, u32)> {
        self.0.iter().filter(move |(of, count)| *count > 0 && of + SECONDS > second)
    }

    fn used(&self, second: u64) -> u32 {
        self.recent(second).map(|(_, count)| count).sum()
    }

    /// When the first of them was.
    fn oldest(&self, second: u64) -> u64 {
        self.recent(second).map(|(of, _)| *of).min().unwrap_or(second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(remaining: u32, reset: u64, is_over: bool) -> Usage {
        Usage { limit: 3, remaining, reset, is_over }
    }

    #[test]
    fn a_request_is_forgotten_after_a_minute() {
        let rates = Rates::new(3, true);
        assert_eq!(rates.count_at("a", 0), usage(2, 60, false));
        assert_eq!(rates.count_at("a", 10), usage(1, 50, false));
        assert_eq!(rates.count_at("a", 59), usage(0, 1, false));
        assert_eq!(rates.count_at("a", 60), usage(0, 10, false));
        assert_eq!(rates.count_at("a", 500), usage(2, 60, false));
    }

    #[test]
    fn what_is_over_the_limit_is_not_counted() {
        let rates = Rates::new(3, true);
        for _ in 0..3 {
            rates.count_at("a", 0);
        }
        for second in 0..60 {
            assert_eq!(rates.count_at("a", second), usage(0, 60 - second, true));
        }
        assert_eq!(rates.count_at("a", 60), usage(2, 60, false));
    }

    #[test]
    fn endpoints_are_counted_apart() {
        let rates = Rates::new(3, true);
        rates.count_at("a", 1);
        assert_eq!(rates.count_at("b", 1).remaining, 2);
    }

    #[test]
    fn without_a_limit_nothing_is_used_up() {
        let rates = Rates::new(3, false);
        for _ in 0..5 {
            assert_eq!(rates.count(|| "a".to_owned(), || Duration::ZERO), usage(3, 60, false));
        }
    }
}
