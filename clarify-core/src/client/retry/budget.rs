//! What all calls of a client may spend on retries.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tokens for retries, shared by all calls of a client. Each retry costs one and each call that goes
/// well gives back a tenth, so that a service that is down is not sent many times what it was sent
/// before.
#[derive(Debug)]
pub(crate) struct Budget {
    tenths: AtomicU32,
}

const FULL: u32 = 1_000;
const RETRY: u32 = 10;

impl Budget {
    pub(crate) const fn full() -> Self {
        Self { tenths: AtomicU32::new(FULL) }
    }

    /// Takes the price of a retry, if it is there.
    pub(super) fn spend(&self) -> bool {
        let take = |tenths: u32| tenths.checked_sub(RETRY);
        self.tenths.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// A call went well.
    pub(crate) fn earn(&self) {
        // Full is the rule, and then nothing is written that other threads would have to see.
        if self.tenths.load(Ordering::Relaxed) < FULL {
            let add = |tenths: u32| Some(FULL.min(tenths + 1));
            let _ = self.tenths.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_retries_and_one_more_for_ten_calls_that_went_well() {
        let budget = Budget::full();
        assert_eq!((0..200).filter(|_| budget.spend()).count(), 100);
        (0..9).for_each(|_| budget.earn());
        assert!(!budget.spend());
        budget.earn();
        assert!(budget.spend() && !budget.spend());
    }
}
