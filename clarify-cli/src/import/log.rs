//! What an import writes while it runs: where it stands, and the rows that were not written.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use clarify_core::Outcome;
use clarify_core::import::Checkpoint;

use super::journal::{Journal, Step};
use super::kept::Kept;
use super::prepare::Prepared;
use super::read::Row;
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
    /// The id of each record, where that is asked for.
    ids: Option<Kept>,
    unnoted: u64,
    /// The last rows that are uncertain, if they may be sent again, and how long the file was before
    /// them.
    again: Vec<u64>,
    before_them: u64,
}

impl Log {
    pub(super) fn open(prepared: &mut Prepared, ids: Option<&Path>) -> Result<Self, Failure> {
        let Prepared { source, journal, head, step, .. } = prepared;
        let open = |path: &Path, length| {
            Refused::open(path, source, length).map_err(|error| Failure::file(path, error))
        };
        let ids =
            ids.map(|path| Kept::open(path, step.ids).map_err(|error| Failure::file(path, error)));
        Ok(Self {
            ids: ids.transpose()?,
            refused: open(&head.refused, step.refused)?,
            uncertain: open(&head.uncertain, step.uncertain)?,
            journal: journal.take(),
            tally: Tally { not_attempted: 0, ..step.tally },
            unnoted: 0,
            again: Vec::new(),
            before_them: 0,
        })
    }

    pub(super) fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// A batch is about to be sent: that, and all that was done before, is on the disk after this.
    pub(super) fn keep(&mut self, checkpoint: &Checkpoint) -> io::Result<()> {
        self.sync()?;
        self.write(checkpoint, true)
    }

    fn sync(&self) -> io::Result<()> {
        self.refused.file.sync()?;
        self.uncertain.file.sync()?;
        self.ids.as_ref().map_or(Ok(()), Kept::sync)
    }

    /// Notes which record a row was written into.
    pub(super) fn add_id(
        &mut self,
        line: u64,
        id: &str,
        outcome: Option<Outcome>,
    ) -> io::Result<()> {
        let Some(ids) = &mut self.ids else { return Ok(()) };
        let written = serde_json::json!({ "line": line, "id": id, "outcome": outcome });
        ids.add(format!("{written}\n").as_bytes())
    }

    /// A row has its end.
    pub(super) fn note(&mut self, checkpoint: &Checkpoint) -> io::Result<()> {
        self.unnoted += 1;
        if self.unnoted < ROWS { Ok(()) } else { self.write(checkpoint, false) }
    }

    /// Notes a row of which nobody knows whether it was written. One that may be sent again is, where
    /// the import stops and goes on.
    pub(super) fn add_uncertain(
        &mut self,
        index: u64,
        may_be_sent: bool,
        row: &Row,
        reason: &str,
    ) -> io::Result<()> {
        match (may_be_sent, self.again.is_empty()) {
            (false, _) => self.again.clear(),
            (true, true) => self.before_them = self.uncertain.file.length(),
            (true, false) => {}
        }
        self.again.extend(may_be_sent.then_some(index));
        self.uncertain.add(row, reason)
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
            refused: self.refused.file.length(),
            uncertain: self.uncertain.file.length(),
            ids: self.ids.as_ref().map_or(0, Kept::length),
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
        let mut step = self.step(checkpoint, is_over);
        if !is_over && !self.again.is_empty() && self.journal.is_some() {
            reopen(&mut step, &self.again);
            self.uncertain.file.cut(self.before_them)?;
            step.uncertain = self.before_them;
        }
        match self.journal.take() {
            Some(journal) if is_over && all_match => journal.remove()?,
            Some(mut journal) => {
                self.sync()?;
                journal.note(&step, true)?;
                self.journal = Some(journal);
            }
            None => {}
        }
        Ok(())
    }
}

/// The rows at these places are not done.
fn reopen(step: &mut Step, again: &[u64]) {
    let Checkpoint { done, finished, .. } = &mut step.checkpoint;
    let again: BTreeSet<u64> = again.iter().copied().collect();
    let first = again.first().map_or(*done, |first| (*first).min(*done));
    finished.extend(first..*done);
    finished.retain(|place| !again.contains(place));
    *done = first;
    let count = u64::try_from(again.len()).unwrap_or(u64::MAX);
    step.tally.uncertain = step.tally.uncertain.saturating_sub(count);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_may_be_sent_again_are_not_done() {
        let checkpoint =
            Checkpoint { done: 10, finished: [12, 13].into(), ..Checkpoint::default() };
        let tally = Tally { uncertain: 5, ..Tally::default() };
        let mut step = Step { checkpoint, tally, ..Step::default() };
        reopen(&mut step, &[4, 5, 13]);
        assert_eq!(step.checkpoint.done, 4);
        assert_eq!(step.checkpoint.finished, [6, 7, 8, 9, 12].into());
        assert_eq!(step.tally.uncertain, 2);
    }
}
