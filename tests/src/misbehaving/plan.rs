//! Which request meets which fault.

use std::time::Duration;

use http::Method;

use super::chance;
use super::fault::{Fault, On};

/// The rules of a test, in the order that it gave them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) rules: Vec<Rule>,
}

/// A fault, and the requests that it is for.
#[derive(Debug)]
pub(super) struct Rule {
    fault: Fault,
    on: On,
    pub(super) route: Option<(Method, String)>,
    /// How many requests on its route there were.
    count: u64,
}

/// What a request meets.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub(super) latency: Duration,
    /// What went wrong; a latency only where nothing else did.
    pub(super) fault: Option<Fault>,
}

impl Rule {
    pub(super) const fn new(fault: Fault, on: On) -> Self {
        Self { fault, on, route: None, count: 0 }
    }

    fn concerns(&self, method: &Method, path: &str) -> bool {
        self.route.as_ref().is_none_or(|(verb, part)| verb == method && path.contains(&**part))
    }

    /// Each rule counts all requests on its route, those that another rule takes included, so that
    /// adding a rule moves no other.
    fn strikes(&mut self, chance: [u64; 2], method: &Method, path: &str) -> bool {
        if !self.concerns(method, path) {
            return false;
        }
        let count = self.count;
        self.count += 1;
        match self.on {
            On::Every => true,
            On::Share(share) => chance::draw(&[chance[0], chance[1], count]) < share,
            On::Nth(number) => count == number,
            On::First(many) => count < many,
        }
    }
}

impl Plan {
    /// Every latency that strikes is waited for; of the other faults, the first counts.
    pub(super) fn meet(&mut self, method: &Method, target: &str) -> Met {
        let path = target.split('?').next().unwrap_or_default();
        let mut met = Met::default();
        for (rule, place) in self.rules.iter_mut().zip(0..) {
            if rule.strikes([self.seed, place], method, path) {
                met.add(&rule.fault);
            }
        }
        met
    }
}

impl Met {
    fn add(&mut self, fault: &Fault) {
        if let Fault::Latency(latency) = fault {
            self.latency += *latency;
        }
        if matches!(self.fault, None | Some(Fault::Latency(_))) {
            self.fault = Some(fault.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(seed: u64, rules: Vec<Rule>) -> Plan {
        Plan { seed, rules }
    }

    fn struck(plan: &mut Plan, requests: usize) -> Vec<bool> {
        (0..requests).map(|_| plan.meet(&Method::GET, "/a").fault.is_some()).collect()
    }

    #[test]
    fn a_share_is_about_so_many_and_the_same_for_a_seed() {
        let with =
            |seed| struck(&mut plan(seed, vec![Rule::new(Fault::Page, On::Share(0.05))]), 20_000);
        let count = with(7).iter().filter(|struck| **struck).count();
        assert!((900..1100).contains(&count), "{count}");
        assert_eq!(with(7), with(7));
        assert_ne!(with(7), with(8));
    }

    #[test]
    fn a_number_and_the_first_ones_are_counted_on_the_route() {
        let mut nth = Rule::new(Fault::Page, On::Nth(1));
        nth.route = Some((Method::GET, "/a".to_owned()));
        let mut plan = plan(0, vec![nth]);
        assert!(plan.meet(&Method::GET, "/b?/a").fault.is_none());
        assert!(plan.meet(&Method::POST, "/a").fault.is_none());
        assert_eq!(struck(&mut plan, 3), [false, true, false]);
        plan.rules = vec![Rule::new(Fault::Page, On::First(2))];
        assert_eq!(struck(&mut plan, 3), [true, true, false]);
    }

    #[test]
    fn latencies_add_up_and_leave_the_turn_to_the_next_rule() {
        let wait = || Rule::new(Fault::Latency(Duration::from_millis(2)), On::Every);
        let rules = vec![wait(), Rule::new(Fault::Page, On::Every), wait()];
        let met = plan(0, rules).meet(&Method::GET, "/a");
        assert_eq!((met.latency.as_millis(), met.fault), (4, Some(Fault::Page)));
    }
}
