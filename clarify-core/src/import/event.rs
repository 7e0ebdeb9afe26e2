//! What an import tells while it runs.

use std::time::Duration;

use super::Checkpoint;
use super::outcome::Ended;
use crate::members::members;
use crate::{Error, Outcome};

/// Something that happens in an import.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'e> {
    /// A batch is about to be sent. What is to survive a crash is written down here: the handler
    /// is done before anything is sent.
    Sending {
        /// Where the import stands, with this batch.
        checkpoint: &'e Checkpoint,
        /// The places of the batch's items in the source.
        items: &'e [u64],
    },
    /// A batch is to be sent again after a failure.
    Retrying {
        /// What went wrong.
        error: &'e Error,
        /// How long the import waits first.
        wait: Duration,
    },
    /// More items have come to their end.
    Progress(Progress),
}

/// How many items have come to which end so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// New records.
    pub created: u64,
    /// Records that were matched.
    pub matched: u64,
    /// Records that are written, by an update or deletion, or by an upsert that the service did not
    /// tell more of.
    pub written: u64,
    /// Items that can't be written as they are.
    pub refused: u64,
    /// Items that were sent, without an answer that says whether they were written.
    pub uncertain: u64,
    /// Items that the import did not come to.
    pub not_attempted: u64,
    /// Items that an empty patch left as they were.
    pub unchanged: u64,
    /// Items that a dry run found nothing wrong with.
    pub valid: u64,
}

members!(Progress {
    created,
    matched,
    written,
    refused,
    uncertain,
    not_attempted,
    unchanged,
    valid
});

impl Progress {
    /// How many items have an end.
    #[must_use]
    pub const fn total(&self) -> u64 {
        let Self { refused, uncertain, not_attempted, unchanged, valid, .. } = *self;
        self.all_written() + refused + uncertain + not_attempted + unchanged + valid
    }

    /// How many records are written, created and matched ones among them.
    #[must_use]
    pub const fn all_written(&self) -> u64 {
        self.created + self.matched + self.written
    }

    pub(super) const fn count(&mut self, end: &Ended) {
        let counter = match end {
            Ended::Written { outcome: Some(Outcome::Created), .. } => &mut self.created,
            Ended::Written { outcome: Some(Outcome::Matched), .. } => &mut self.matched,
            Ended::Written { .. } => &mut self.written,
            Ended::Refused(_) => &mut self.refused,
            Ended::Uncertain(_) => &mut self.uncertain,
            Ended::NotAttempted(_) => &mut self.not_attempted,
            Ended::Unchanged => &mut self.unchanged,
            Ended::Valid => &mut self.valid,
        };
        *counter += 1;
    }
}
