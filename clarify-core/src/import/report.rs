//! What has become of an import as a whole.

use std::fmt;

use super::{Checkpoint, Imported, Progress};
use crate::Error;

/// The most items that a report holds with their errors.
const MOST_FAILURES: usize = 10_000;

/// What has become of an import: how many items came to which end, and those that were not written.
///
/// There is one of every import that came to its end, whatever was refused on the way: ask whether it
/// [`is_complete`](Self::is_complete), or have its first failure as an error:
/// [`into_result`](Self::into_result).
#[derive(Clone, Debug)]
#[non_exhaustive]
#[must_use = "some items may have been refused: see `is_complete`, or `into_result`"]
pub struct Report<T, R> {
    /// How many items came to which end.
    pub progress: Progress,
    /// The items that were not written, each with its error, in the order of the source: the first
    /// 10,000, so that a report never outgrows the memory. To see any number, go through
    /// [`Import::outcomes`](super::Import::outcomes).
    pub failures: Vec<Imported<T, R>>,
    /// Where the import stood at its end: for one that stopped, where to go on.
    pub checkpoint: Checkpoint,
}

impl<T, R> Default for Report<T, R> {
    fn default() -> Self {
        Self {
            progress: Progress::default(),
            failures: Vec::new(),
            checkpoint: Checkpoint::default(),
        }
    }
}

impl<T, R> Report<T, R> {
    /// Whether every item was written, or is valid in a dry run.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        let Progress { refused, uncertain, not_attempted, .. } = self.progress;
        refused + uncertain + not_attempted == 0
    }

    /// How many items came to which end, where the report [`is_complete`](Self::is_complete).
    ///
    /// # Errors
    ///
    /// That of the first item that was not written. The others are lost: [`failures`](Self::failures)
    /// has them all.
    pub fn into_result(self) -> Result<Progress, Error> {
        match self.failures.first().and_then(|failure| failure.end.error()) {
            Some(error) => Err(error.clone()),
            None => Ok(self.progress),
        }
    }

    pub(super) fn add(&mut self, imported: Imported<T, R>) {
        if self.failures.len() < MOST_FAILURES {
            self.failures.push(imported);
        }
    }
}

/// An import that stopped before its end, because of something that can't get better or has not for
/// too long. What it has done so far is in its report.
#[derive(Clone)]
#[non_exhaustive]
pub struct Stopped<T, R> {
    /// Why it stopped.
    pub error: Error,
    /// What has become of the items; those that it did not come to are `NotAttempted`.
    pub report: Report<T, R>,
}

impl<T, R> fmt::Display for Stopped<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Progress { not_attempted, .. } = self.report.progress;
        write!(f, "the import stopped with {not_attempted} records not attempted: {}", self.error)
    }
}

/// The items are left out: there may be any number of them.
impl<T, R> fmt::Debug for Stopped<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stopped")
            .field("error", &self.error)
            .field("progress", &self.report.progress)
            .finish_non_exhaustive()
    }
}

impl<T, R> std::error::Error for Stopped<T, R> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.error)
    }
}

/// For an import that never began.
impl<T, R> From<Error> for Stopped<T, R> {
    fn from(error: Error) -> Self {
        Self { error, report: Report::default() }
    }
}

impl<T, R> From<Stopped<T, R>> for Error {
    fn from(stopped: Stopped<T, R>) -> Self {
        stopped.error
    }
}
