//! A fault at work: which requests it befalls.

use std::sync::{Mutex, PoisonError};

use fastrand::Rng;

use super::{Fault, Harm};

#[derive(Debug)]
pub(crate) struct Rule {
    fault: Fault,
    chance: Mutex<Chance>,
}

#[derive(Debug)]
struct Chance {
    /// How many requests it was about.
    seen: u64,
    random: Rng,
}

impl Rule {
    pub(crate) fn new(fault: Fault) -> Self {
        let chance = Chance { seen: 0, random: Rng::with_seed(fault.seed) };
        Self { fault, chance: Mutex::new(chance) }
    }

    /// What befalls a request to this path, which has this pattern.
    pub(crate) fn strike(&self, verb: &str, path: &str, pattern: &str) -> Option<Harm> {
        let Fault { harm, share, nth, .. } = self.fault;
        if !self.is_about(verb, path, pattern) {
            return None;
        }
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        chance.seen += 1;
        let is_its_turn = nth.is_none_or(|nth| nth == chance.seen);
        // Drawn for each, so that the others' chances do not depend on whose turn it is.
        let is_hit = share.is_none_or(|share| chance.random.f64() < share);
        (is_its_turn && is_hit).then_some(harm)
    }

    fn is_about(&self, verb: &str, path: &str, pattern: &str) -> bool {
        let ends = |end: &str| path.ends_with(end) || pattern.ends_with(end);
        self.fault.verb.as_deref().is_none_or(|wanted| wanted == verb)
            && self.fault.path.as_deref().is_none_or(ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(fault: Fault, count: usize) -> Vec<bool> {
        let rule = Rule::new(fault);
        (0..count).map(|_| rule.strike("GET", "/a/b", "/a/{b}").is_some()).collect()
    }

    #[test]
    fn chance_comes_from_the_seed() {
        let tenth = || Fault::status(500).share(0.1);
        assert_eq!(hits(tenth().seed(7), 1000), hits(tenth().seed(7), 1000));
        assert_ne!(hits(tenth().seed(7), 1000), hits(tenth().seed(8), 1000));
        let count = hits(tenth(), 10_000).into_iter().filter(|hit| *hit).count();
        assert!((900..1100).contains(&count), "{count}");
        assert!(!hits(Fault::status(500).share(0.0), 100).contains(&true));
        assert!(!hits(Fault::status(500).share(1.0), 100).contains(&false));
    }

    #[test]
    fn the_nth_is_one_of_those_that_it_is_about() {
        assert_eq!(hits(Fault::status(500).nth(2), 4), [false, true, false, false]);
        assert_eq!(hits(Fault::status(500).nth(1).on("POST", "/b"), 2), [false, false]);
        for path in ["/b", "/a/b", "/{b}", "/a/{b}"] {
            assert_eq!(hits(Fault::status(500).on("GET", path), 1), [true], "{path}");
        }
        assert_eq!(hits(Fault::status(500).on("*", "/c"), 1), [false]);
    }
}
