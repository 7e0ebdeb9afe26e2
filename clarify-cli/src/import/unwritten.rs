//! What an import knows and could not write down, as there was no room for it.

use std::collections::BTreeSet;
use std::io;

use clarify_core::import::{Checkpoint, End};

use super::tally::Tally;

/// What could not be written down.
#[derive(Default)]
pub(super) struct Unwritten {
    /// What was said of the first file that could not be written.
    pub(super) failure: Option<io::Error>,
    /// How many rows were created whose ids are in no file.
    pub(super) ids: u64,
    /// How many rows the journal knew to be done when it was written last.
    pub(super) noted: u64,
    /// Rows that have their end and are not noted as done, so that they come up again.
    rows: BTreeSet<u64>,
    /// Those of them that may have been written, and are not to be sent again.
    sent: BTreeSet<u64>,
    /// To which ends they have come.
    pub(super) tally: Tally,
}

impl Unwritten {
    /// Nothing yet, in an import that goes on after so many rows.
    pub(super) fn after(noted: u64) -> Self {
        Self { noted, ..Self::default() }
    }

    /// Keeps why a file could not be written.
    pub(super) fn note<T>(&mut self, written: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &written {
            let same = || io::Error::new(error.kind(), error.to_string());
            self.failure.get_or_insert_with(same);
        }
        written
    }

    pub(super) fn add<T>(&mut self, place: u64, end: &End<T>, is_sent_once: bool) {
        let is_uncertain = matches!(end, End::Uncertain(_));
        self.tally.count(end);
        self.rows.insert(place);
        self.sent.extend((is_sent_once && is_uncertain).then_some(place));
    }

    /// Leaves these rows open where an import stands.
    pub(super) fn leave_open(&self, checkpoint: &mut Checkpoint) {
        reopen(checkpoint, &self.rows);
        checkpoint.sent.extend(&self.sent);
    }
}

/// The rows at these places are not done.
pub(super) fn reopen(checkpoint: &mut Checkpoint, again: &BTreeSet<u64>) {
    let Checkpoint { done, finished, .. } = checkpoint;
    let first = again.first().map_or(*done, |first| (*first).min(*done));
    finished.extend(first..*done);
    finished.retain(|place| !again.contains(place));
    *done = first;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_may_be_sent_again_are_not_done() {
        let mut checkpoint =
            Checkpoint { done: 10, finished: [12, 13].into(), ..Checkpoint::default() };
        reopen(&mut checkpoint, &[4, 5, 13].into());
        assert_eq!(checkpoint.done, 4);
        assert_eq!(checkpoint.finished, [6, 7, 8, 9, 12].into());
    }
}
