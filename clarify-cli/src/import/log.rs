//! What an import writes while it runs: where it stands, and the rows that were not written.

use std::io;

use clarify_core::import::{Checkpoint, End, Entry, Imported};
use clarify_core::{Outcome, RawAttributes};
use serde::Serialize;

use super::journal::{Journal, Step};
use super::kept::Kept;
use super::outputs::short;
use super::plan::{Item, Plan};
use super::prepare::Prepared;
use super::read::{Place, Row};
use super::refused::Refused;
use super::tally::Tally;
use super::unwritten::{Unwritten, reopen};
use crate::failure::Failure;

/// After so many rows it is noted that they are done: as many as a batch has.
const ROWS: u64 = 25;

/// Which record a row went into.
#[derive(Serialize)]
struct Written<'w> {
    #[serde(flatten)]
    place: Place,
    id: &'w str,
    outcome: Option<Outcome>,
}

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
    pub(super) unwritten: Unwritten,
}

impl Log {
    pub(super) fn open(prepared: &mut Prepared) -> Result<Self, Failure> {
        let Prepared { source, journal, head, step, .. } = prepared;
        let refused = Refused::open(&short(&head.refused), source, step.refused)?;
        let uncertain = Refused::open(&short(&head.uncertain), source, step.uncertain)?;
        let ids = head.ids.as_deref().map(|path| Kept::open(&short(path), step.ids));
        let log = Self {
            ids: ids.transpose()?,
            refused,
            uncertain,
            journal: journal.take(),
            tally: Tally { not_attempted: 0, ..step.tally },
            unnoted: 0,
            again: Vec::new(),
            before_them: 0,
            unwritten: Unwritten::after(step.tally.done()),
        };
        for file in [&log.refused.file, &log.uncertain.file].into_iter().chain(&log.ids) {
            if file.is_short {
                let path = file.path().display();
                eprintln!("`{path}` has less in it than was written before, which is left so");
            }
        }
        Ok(log)
    }

    pub(super) fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// How many rows came to which end, also of those that are not noted as done.
    pub(super) fn all(&self) -> Tally {
        self.tally.plus(self.unwritten.tally)
    }

    /// A batch is about to be sent: that, and all that was done before, is on the disk after this.
    pub(super) fn keep(&mut self, checkpoint: &Checkpoint) -> io::Result<()> {
        let kept = self.sync().and_then(|()| self.write(checkpoint, true));
        self.unwritten.note(kept)
    }

    fn sync(&self) -> io::Result<()> {
        self.refused.file.sync()?;
        self.uncertain.file.sync()?;
        self.ids.as_ref().map_or(Ok(()), Kept::sync)
    }

    /// A row has its end, and this is what is said of it.
    pub(super) fn add(&mut self, imported: &Imported<RawAttributes, Item>, plan: &Plan) {
        let Imported { index, item, end, .. } = imported;
        let is_sent_once = !matches!(item.entry, Entry::Upsert(_));
        let written = match end {
            End::Written { id, outcome } => self.add_id(item.row.place, id.as_str(), *outcome),
            End::Refused(error) => self.refused.add(&item.row, &plan.reason(error.problems())),
            End::Uncertain(error) => {
                self.add_uncertain(*index, !is_sent_once, &item.row, &error.to_string())
            }
            _ => Ok(()),
        };
        let is_created = is_sent_once && matches!(end, End::Written { .. });
        match self.unwritten.note(written) {
            Ok(()) => self.tally.count(end),
            // It is known to be there, and would not be found again.
            Err(_) if is_created => {
                self.tally.count(end);
                self.unwritten.ids += 1;
            }
            Err(_) => self.unwritten.add(*index, end, is_sent_once),
        }
    }

    /// Notes which record a row was written into.
    fn add_id(&mut self, place: Place, id: &str, outcome: Option<Outcome>) -> io::Result<()> {
        let Some(ids) = &mut self.ids else { return Ok(()) };
        let mut written = serde_json::to_vec(&Written { place, id, outcome })?;
        written.push(b'\n');
        ids.add(&written)
    }

    /// A row is done. Says whether that could be noted, where it was to be.
    pub(super) fn note(&mut self, checkpoint: &Checkpoint) {
        self.unnoted += 1;
        if self.unnoted >= ROWS {
            let written = self.write(checkpoint, false);
            let _ = self.unwritten.note(written);
        }
    }

    /// Notes a row of which nobody knows whether it was written. One that may be sent again is, where
    /// the import stops and goes on.
    fn add_uncertain(
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
        self.uncertain.add(row, reason)?;
        self.again.extend(may_be_sent.then_some(index));
        Ok(())
    }

    fn write(&mut self, checkpoint: &Checkpoint, is_safe: bool) -> io::Result<()> {
        self.unnoted = 0;
        let step = self.step(checkpoint, false);
        let Some(journal) = &mut self.journal else { return Ok(()) };
        journal.note(&step, is_safe)?;
        self.unwritten.noted = step.tally.done();
        Ok(())
    }

    fn step(&self, checkpoint: &Checkpoint, is_over: bool) -> Step {
        let mut step = Step {
            checkpoint: checkpoint.clone(),
            tally: self.tally,
            refused: self.refused.file.length(),
            uncertain: self.uncertain.file.length(),
            ids: self.ids.as_ref().map_or(0, Kept::length),
            is_over,
        };
        self.unwritten.leave_open(&mut step.checkpoint);
        step
    }

    /// The import has ended. The journal of one that is over goes; but where rows were created without
    /// a match it stays, so that they are not created again.
    pub(super) fn end(&mut self, checkpoint: &Checkpoint, is_over: bool, all_match: bool) {
        let is_over = is_over && self.unwritten.failure.is_none();
        let ended = self.try_end(checkpoint, is_over, all_match);
        let _ = self.unwritten.note(ended);
    }

    fn try_end(
        &mut self,
        checkpoint: &Checkpoint,
        is_over: bool,
        all_match: bool,
    ) -> io::Result<()> {
        let mut step = self.step(checkpoint, is_over);
        if !is_over && !self.again.is_empty() && self.journal.is_some() {
            reopen(&mut step.checkpoint, &self.again.iter().copied().collect());
            let count = u64::try_from(self.again.len()).unwrap_or(u64::MAX);
            step.tally.uncertain = step.tally.uncertain.saturating_sub(count);
            self.uncertain.file.cut(self.before_them)?;
            step.uncertain = self.before_them;
        }
        self.sync()?;
        match self.journal.take() {
            Some(journal) if is_over && all_match => journal.remove()?,
            Some(journal) => {
                self.journal.insert(journal).note(&step, true)?;
                self.unwritten.noted = self.tally.done();
            }
            None => {}
        }
        Ok(())
    }
}
