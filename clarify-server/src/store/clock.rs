//! What time it is for a store: that of the machine, or another that was set.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

/// A clock that shows the machine's time until it is set; then it stands still.
#[derive(Debug, Default)]
pub(crate) struct Clock(Mutex<Setting>);

#[derive(Debug, Default)]
struct Setting {
    /// In milliseconds since the epoch; None while it follows the machine's clock.
    still: Option<i64>,
    /// How far it was put forward since.
    ahead: Duration,
    /// How far it was ever put forward.
    passed: Duration,
}

impl Clock {
    /// In milliseconds since the epoch.
    pub(crate) fn now(&self) -> i64 {
        let setting = self.setting();
        let shown = setting.still.unwrap_or_else(|| Timestamp::now().as_millisecond());
        shown.saturating_add(i64::try_from(setting.ahead.as_millis()).unwrap_or(i64::MAX))
    }

    /// Sets it to a moment, at which it stands still.
    pub(crate) fn set(&self, milliseconds: i64) {
        let mut setting = self.setting();
        (setting.still, setting.ahead) = (Some(milliseconds), Duration::ZERO);
    }

    pub(crate) fn advance(&self, time: Duration) {
        let mut setting = self.setting();
        setting.ahead = setting.ahead.saturating_add(time);
        setting.passed = setting.passed.saturating_add(time);
    }

    /// How far it was ever put forward: what is added to a time that is measured.
    pub(crate) fn passed(&self) -> Duration {
        self.setting().passed
    }

    fn setting(&self) -> MutexGuard<'_, Setting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_follows_the_machine_until_it_is_set() {
        let clock = Clock::default();
        let machine = Timestamp::now().as_millisecond();
        assert!(clock.now() >= machine);
        clock.advance(Duration::from_secs(3600));
        assert!(clock.now() >= machine + 3_600_000);
        clock.set(5_000);
        assert_eq!(clock.now(), 5_000);
        clock.advance(Duration::from_millis(20));
        assert_eq!(clock.now(), 5_020);
        assert_eq!(clock.passed(), Duration::from_millis(3_600_020));
    }
}
