//! How far an import has come, on the standard error.

use std::fmt;
use std::io::{IsTerminal as _, stderr};
use std::time::{Duration, Instant};

use clarify_core::Error;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::output::text::plain;

/// Between two lines, where there is no terminal to show a bar on.
const PAUSE: Duration = Duration::from_secs(10);

/// A bar on a terminal; elsewhere a line from time to time.
pub(super) struct Progress {
    bar: ProgressBar,
    is_shown: bool,
    begun: Instant,
    told: Instant,
    before: u64,
    rows: u64,
}

/// The rate without the parts of a row that the bar would show.
fn whole_rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    let _ = write!(out, "{:.0}", state.per_sec());
}

impl Progress {
    /// The progress of an import of so many rows, of which some are done already.
    pub(super) fn new(rows: u64, before: u64) -> Self {
        let is_shown = stderr().is_terminal();
        let bar = if is_shown { ProgressBar::new(rows) } else { ProgressBar::hidden() };
        let template = "{pos} of {len} rows {wide_bar} {rate} a second, {eta} left";
        let bar = match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style.with_key("rate", whole_rate)),
            Err(_) => bar,
        };
        let bar = bar.with_position(before);
        bar.reset_eta();
        let now = Instant::now();
        Self { bar, is_shown, begun: now, told: now, before, rows }
    }

    pub(super) fn at(&mut self, done: u64) {
        self.bar.set_position(done);
        if !self.is_shown && self.told.elapsed() >= PAUSE {
            self.told = Instant::now();
            eprintln!("{done} of {} rows, {:.0} a second", self.rows, self.rate(done));
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

    #[allow(clippy::cast_precision_loss, reason = "it is told without a fraction")]
    fn rate(&self, done: u64) -> f64 {
        done.saturating_sub(self.before) as f64 / self.begun.elapsed().as_secs_f64()
    }
}
