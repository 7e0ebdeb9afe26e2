//! Rate limits, heeded before they are met.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::Method;

use crate::request::{Answer, Call};

/// What services count by itself: a verb on a route, of whichever object.
type Route = (Method, &'static str);

/// How much of its rate each route has left, from the `X-RateLimit-*` headers of its answers.
#[derive(Debug, Default)]
pub(super) struct Rates(Mutex<HashMap<Route, Rate>>);

/// A route's rate until its window ends.
#[derive(Debug)]
struct Rate {
    remaining: u64,
    /// The requests that the service has not counted yet in what it last said.
    under_way: u64,
    ends: Instant,
}

impl Rates {
    /// A place for this call in its route's rate, or how long to wait for one.
    pub(super) fn admit(&self, call: &Call, now: Instant) -> Result<Admitted<'_>, Duration> {
        let mut rates = self.lock();
        let rate = rates.entry(route(call)).or_insert_with(|| Rate::unknown(now));
        if rate.ends <= now {
            // What is left of the next window is not known: its first answer tells.
            rate.remaining = u64::MAX;
        }
        if rate.remaining == 0 {
            return Err(rate.ends.duration_since(now));
        }
        if rate.remaining <= rate.under_way {
            // One that is under way may give its place back at any time.
            return Err(rate.ends.duration_since(now).min(LOOK_AGAIN));
        }
        rate.under_way += 1;
        Ok(Admitted { rates: self, route: route(call) })
    }

    /// An answer may say how much is left.
    pub(super) fn learn(&self, call: &Call, answer: &Answer, now: Instant) {
        let Some(told) = Told::read(answer) else { return };
        self.lock().entry(route(call)).or_insert_with(|| Rate::unknown(now)).learn(&told, now);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Route, Rate>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const LOOK_AGAIN: Duration = Duration::from_millis(100);

fn route(call: &Call) -> Route {
    (call.method.clone(), call.route)
}

/// A call that is under way. It counts until it is dropped, with an answer or without.
#[derive(Debug)]
pub(super) struct Admitted<'r> {
    rates: &'r Rates,
    route: Route,
}

impl Drop for Admitted<'_> {
    fn drop(&mut self) {
        if let Some(rate) = self.rates.lock().get_mut(&self.route) {
            rate.under_way = rate.under_way.saturating_sub(1);
        }
    }
}

impl Rate {
    const fn unknown(now: Instant) -> Self {
        Self { remaining: u64::MAX, under_way: 0, ends: now }
    }

    /// Answers overtake each other, by a few: the calls under way, which are counted twice, make up
    /// for that.
    fn learn(&mut self, told: &Told, now: Instant) {
        (self.remaining, self.ends) = (told.remaining, now + told.reset);
    }
}

/// What an answer says of its route's rate.
struct Told {
    remaining: u64,
    reset: Duration,
}

impl Told {
    fn read(answer: &Answer) -> Option<Self> {
        let number = |name| answer.header(name)?.trim().parse::<u64>().ok();
        let is_refusal = answer.status == 429;
        let reset = number("retry-after").filter(|_| is_refusal);
        let reset = reset.or_else(|| number("x-ratelimit-reset"))?;
        let remaining = if is_refusal { 0 } else { number("x-ratelimit-remaining")? };
        // A window is a minute; whoever says more means another unit, or another clock.
        let reset = Duration::from_secs(reset.min(LONGEST_WINDOW));
        Some(Self { remaining, reset })
    }
}

const LONGEST_WINDOW: u64 = 300;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Attributes;
    use crate::request::{Calls, ListQuery};

    fn call(object: &'static str) -> Call {
        let object = clarify_schema::Object::new(object, &[]);
        Calls::<Attributes>::of(object).list(&ListQuery::new()).unwrap()
    }

    fn answer(remaining: u64, reset: u64) -> Answer {
        let mut answer = Answer::new(200, "");
        answer.headers.insert("x-ratelimit-remaining", remaining.into());
        answer.headers.insert("x-ratelimit-reset", reset.into());
        answer
    }

    /// How long a call would have to wait.
    fn wait(rates: &Rates, object: &'static str, now: Instant) -> Option<u64> {
        rates.admit(&call(object), now).err().map(|wait| wait.as_secs())
    }

    fn told(answer: &Answer, now: Instant) -> Rates {
        let rates = Rates::default();
        rates.learn(&call("person"), answer, now);
        rates
    }

    #[test]
    fn nothing_is_known_at_first() {
        assert_eq!(wait(&Rates::default(), "person", Instant::now()), None);
    }

    #[test]
    fn each_route_has_a_rate_of_its_own_for_all_objects() {
        let now = Instant::now();
        let rates = told(&answer(0, 7), now);
        assert_eq!(wait(&rates, "person", now), Some(7));
        assert_eq!(wait(&rates, "company", now), Some(7));
        let other = Call { method: Method::DELETE, ..call("person") };
        assert!(rates.admit(&other, now).is_ok());
    }

    #[test]
    fn calls_under_way_count_and_a_new_window_begins() {
        let now = Instant::now();
        let rates = told(&answer(2, 10), now);
        let first = rates.admit(&call("person"), now).unwrap();
        let second = rates.admit(&call("person"), now).unwrap();
        assert!(wait(&rates, "person", now).is_some(), "two were left");
        rates.learn(&call("person"), &answer(1, 10), now);
        drop(first);
        assert!(wait(&rates, "person", now).is_some(), "the other is still under way");
        drop(second);
        assert_eq!(wait(&rates, "person", now), None);
        let rates = told(&answer(0, 10), now);
        assert_eq!(wait(&rates, "person", now + Duration::from_secs(11)), None);
    }

    #[test]
    fn calls_that_began_before_anything_was_known_count_too() {
        let now = Instant::now();
        let rates = Rates::default();
        let early: Vec<_> = (0..8).map(|_| rates.admit(&call("person"), now).unwrap()).collect();
        rates.learn(&call("person"), &answer(9, 60), now);
        let _ninth = rates.admit(&call("person"), now).unwrap();
        assert!(wait(&rates, "person", now).is_some());
        drop(early);
        assert_eq!(wait(&rates, "person", now), None);
    }

    #[test]
    fn a_429_closes_the_route_until_its_retry_after() {
        let now = Instant::now();
        let mut refused = answer(5, 60);
        refused.status = 429;
        refused.headers.insert("retry-after", 3.into());
        assert_eq!(wait(&told(&refused, now), "person", now), Some(3));
    }
}
