//! How many requests came in the last minute, for the headers that say so.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

const SECONDS: u64 = 60;

/// Counts requests by endpoint.
pub(super) struct Rates {
    limit: u32,
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
}

/// A count for each second of the last minute, each with the second it is of.
struct Window([(u64, u32); SECONDS as usize]);

impl Rates {
    pub(super) fn new(limit: u32) -> Self {
        Self { limit, start: Instant::now(), windows: Mutex::default() }
    }

    /// Counts a request to an endpoint.
    pub(super) fn count(&self, endpoint: &str) -> Usage {
        self.count_at(endpoint, self.start.elapsed().as_secs())
    }

    fn count_at(&self, endpoint: &str, second: u64) -> Usage {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if !windows.contains_key(endpoint) {
            windows.insert(endpoint.to_owned(), Window([(0, 0); SECONDS as usize]));
        }
        let (used, oldest) =
            windows.get_mut(endpoint).map_or((0, second), |window| window.count(second));
        Usage {
            limit: self.limit,
            remaining: self.limit.saturating_sub(used),
            reset: SECONDS - second.saturating_sub(oldest).min(SECONDS - 1),
        }
    }
}

impl Window {
    /// How many requests there were in the minute up to this second, and when the first was.
    fn count(&mut self, second: u64) -> (u32, u64) {
        let place = usize::try_from(second % SECONDS).unwrap_or_default();
        if let Some((of, count)) = self.0.get_mut(place) {
            *count = if *of == second { count.saturating_add(1) } else { 1 };
            *of = second;
        }
        let recent = |entry: &&(u64, u32)| entry.1 > 0 && entry.0 + SECONDS > second;
        let used = self.0.iter().filter(recent).map(|(_, count)| count).sum();
        let oldest = self.0.iter().filter(recent).map(|(of, _)| *of).min();
        (used, oldest.unwrap_or(second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_forgotten_after_a_minute() {
        let rates = Rates::new(3);
        let usage = |second| rates.count_at("a", second);
        assert_eq!(usage(0), Usage { limit: 3, remaining: 2, reset: 60 });
        assert_eq!(usage(10), Usage { limit: 3, remaining: 1, reset: 50 });
        assert_eq!(usage(59), Usage { limit: 3, remaining: 0, reset: 1 });
        assert_eq!(usage(60), Usage { limit: 3, remaining: 0, reset: 10 });
        assert_eq!(usage(500), Usage { limit: 3, remaining: 2, reset: 60 });
    }

    #[test]
    fn endpoints_are_counted_apart() {
        let rates = Rates::new(3000);
        rates.count_at("a", 1);
        assert_eq!(rates.count_at("b", 1).remaining, 2999);
    }
}
