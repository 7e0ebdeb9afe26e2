//! What an import writes while it runs: where it stands, and the rows that were not written.

use std::io;

use clarify_core::import::Checkpoint;

use super::journal::{Journal, Step};
use super::prepare::Prepared;
use super::refused::Refused;
use super::tally::Tally;
use crate::failure::Failure;

/// After so many rows it is noted that they are done: as many as a batch has.
const ROWS: u64 = 25;

/// What an import writes while it runs.
pub(super) struct Log {
    journal: Option<Journal>,
    pub(super) tally: Tally,
    pub(super) refused: Refused,
    pub(super) uncertain: Refused,
    unnoted: u64,
}

impl Log {
    pub(super) fn open(prepared: &mut Prepared) -> Result<Self, Failure> {
        let Prepared { source, journal, head, step, .. } = prepared;
        let open = |path: &std::path::Path, length| {
            Refused::open(path, source, length).map_err(|error| Failure::file(path, error))
        };
        Ok(Self {
            refused: open(&head.refused, step.refused)?,
            uncertain: open(&head.uncertain, step.uncertain)?,
            journal: journal.take(),
            tally: Tally { not_attempted: 0, ..step.tally },
            unnoted: 0,
        })
    }

    pub(super) fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// A batch is about to be sent: that, and all that was done before, is on the disk after this.
    pub(super) fn keep(&mut self, checkpoint: &Checkpoint) -> io::Result<()> {
        self.refused.sync()?;
        self.uncertain.sync()?;
        self.write(checkpoint, true)
    }

    /// A row has its end.
    pub(super) fn note(&mut self, checkpoint: &Checkpoint) -> io::Result<()> {
        self.unnoted += 1;
        if self.unnoted < ROWS { Ok(()) } else { self.write(checkpoint, false) }
    }

    fn write(&mut self, checkpoint: &Checkpoint, is_safe: bool) -> io::Result<()> {
        self.unnoted = 0;
        let step = self.step(checkpoint, false);
        self.journal.as_mut().map_or(Ok(()), |journal| journal.note(&step, is_safe))
    }

    fn step(&self, checkpoint: &Checkpoint, is_over: bool) -> Step {
        Step {
            checkpoint: checkpoint.clone(),
            tally: self.tally,
            refused: self.refused.length,
            uncertain: self.uncertain.length,
            is_over,
        }
    }

    /// The import has ended. The journal of one that is over goes; but where rows were created without
    /// a match it stays, so that they are not created again.
    pub(super) fn end(
        &mut self,
        checkpoint: &Checkpoint,
        is_over: bool,
        all_match: bool,
    ) -> io::Result<()> {
        let step = self.step(checkpoint, is_over);
        match self.journal.take() {
            Some(journal) if is_over && all_match => journal.remove()?,
            Some(mut journal) => {
                self.refused.sync()?;
                self.uncertain.sync()?;
                journal.note(&step, true)?;
                self.journal = Some(journal);
            }
            None => {}
        }
        Ok(())
    }
}
