//! How far an import has come, on the standard error.

use std::fmt;
use std::io::{IsTerminal as _, stderr};
use std::time::{Duration, Instant};

use clarify_core::Error;
use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

use crate::output::text::plain;

/// Between two lines, where there is no terminal to show a bar on.
const PAUSE: Duration = Duration::from_secs(10);

/// A bar on a terminal; elsewhere a line from time to time.
pub(super) struct Progress {
    bar: ProgressBar,
    is_shown: bool,
    pace: Pace,
    told: Instant,
}

/// How fast this run is. What an earlier one has done says nothing about it.
#[derive(Clone, Copy)]
struct Pace {
    begun: Instant,
    before: u64,
    rows: u64,
}

impl Pace {
    /// Rows a second.
    #[allow(clippy::cast_precision_loss, reason = "it is told without a fraction")]
    fn rate(self, done: u64, taken: Duration) -> f64 {
        let own = done.saturating_sub(self.before) as f64;
        if taken.is_zero() { 0.0 } else { own / taken.as_secs_f64() }
    }

    /// How long the rest takes; nothing, where no row says it yet.
    #[allow(clippy::cast_precision_loss, reason = "it is told in whole seconds")]
    fn left(self, done: u64, taken: Duration) -> Option<Duration> {
        let rest = self.rows.saturating_sub(done) as f64;
        Duration::try_from_secs_f64((rest / self.rate(done, taken)).ceil()).ok()
    }

    /// `250 a second, 8s left`
    fn told(self, done: u64, taken: Duration) -> String {
        let left = self.left(done, taken).map(|left| format!(", {:#} left", HumanDuration(left)));
        format!("{:.0} a second{}", self.rate(done, taken), left.unwrap_or_default())
    }
}

impl Progress {
    /// The progress of an import of so many rows, of which some are done already.
    pub(super) fn new(rows: u64, before: u64) -> Self {
        let is_shown = stderr().is_terminal();
        let bar = if is_shown { ProgressBar::new(rows) } else { ProgressBar::hidden() };
        let pace = Pace { begun: Instant::now(), before, rows };
        let told = move |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = out.write_str(&pace.told(state.pos(), pace.begun.elapsed()));
        };
        let bar = match ProgressStyle::with_template("{pos} of {len} rows {wide_bar} {pace}") {
            Ok(style) => bar.with_style(style.with_key("pace", told)),
            Err(_) => bar,
        };
        Self { bar: bar.with_position(before), is_shown, pace, told: pace.begun }
    }

    pub(super) fn at(&mut self, done: u64) {
        self.bar.set_position(done);
        if !self.is_shown && self.told.elapsed() >= PAUSE {
            self.told = Instant::now();
            let Pace { begun, rows, .. } = self.pace;
            eprintln!("{done} of {rows} rows, {}", self.pace.told(done, begun.elapsed()));
        }
    }

    /// What tells that a batch is tried again, from time to time.
    pub(super) fn retrying(&self) -> impl FnMut(&Error, Duration) + Send + use<> {
        let (bar, mut told) = (self.bar.clone(), None::<Instant>);
        move |error, wait| {
            if told.is_none_or(|told| told.elapsed() >= PAUSE) {
                told = Some(Instant::now());
                let line = plain(&error.to_string());
                bar.suspend(|| eprintln!("{line}; trying again in {:.0?}", wait));
            }
        }
    }

    /// Tells something above the bar.
    pub(super) fn tell(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_that_of_this_run() {
        let pace = Pace { begun: Instant::now(), before: 90_000, rows: 100_000 };
        let taken = Duration::from_secs(8);
        assert_eq!(pace.told(92_000, taken), "250 a second, 32s left");
        assert_eq!(pace.told(90_000, taken), "0 a second");
        assert_eq!(pace.told(90_000, Duration::ZERO), "0 a second");
    }
}
