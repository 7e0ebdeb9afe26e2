//! Rows on their way to records.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::codec::{Head, NO_FIELDS, Row, RowProblem, Sink};
use crate::error::Problem;
use crate::record::UnreadableRow;
use crate::request::{Answer, Call};
use crate::{Outcome, Record, RecordId, RecordType};

/// Makes records of rows: `R` is where they go.
pub(super) struct Decoded<T, R> {
    pub(super) outcomes: Outcomes,
    pub(super) decoded: Option<T>,
    pub(super) rows: R,
}

impl<T, R: Default> Decoded<T, R> {
    pub(super) fn new(call: &Call, answer: &Answer) -> Self {
        Self { outcomes: Outcomes::read(call, answer), decoded: None, rows: R::default() }
    }
}

/// Where decoded records go: a list, one with their places, or the place of one.
pub(super) trait Keep<T> {
    fn keep(&mut self, record: Record<T>, place: Option<usize>);
}

impl<T> Keep<T> for Vec<Record<T>> {
    fn keep(&mut self, record: Record<T>, _: Option<usize>) {
        self.push(record);
    }
}

impl<T> Keep<T> for Vec<(u64, Record<T>)> {
    fn keep(&mut self, record: Record<T>, place: Option<usize>) {
        self.push((place.and_then(|place| u64::try_from(place).ok()).unwrap_or_default(), record));
    }
}

impl<T> Keep<T> for Option<Record<T>> {
    fn keep(&mut self, record: Record<T>, _: Option<usize>) {
        *self = Some(record);
    }
}

impl<T: RecordType, R: Keep<T>> Sink for Decoded<T, R> {
    fn attributes(&mut self, row: &mut dyn Row) {
        self.decoded = T::decode_row(row);
    }

    fn end(&mut self, mut head: Head) -> Result<(), Head> {
        let Some(attributes) = self.decoded.take() else { return Err(head) };
        let Some(id) = head.id.take() else { return Err(head) };
        let outcome = self.outcomes.of(&id, head.place);
        let Head { created_at, updated_at, place, .. } = head;
        let id = RecordId::new(id);
        self.rows.keep(Record { id, attributes, created_at, updated_at, outcome }, place);
        Ok(())
    }
}

pub(super) fn unreadable_rows(refused: Vec<Head>) -> Vec<UnreadableRow> {
    refused.into_iter().map(unreadable_row).collect()
}

/// A row's problems, with their pointers seen from the document.
fn unreadable_row(head: Head) -> UnreadableRow {
    let pointer = head.pointer();
    let problem = |found: &RowProblem| {
        Problem::new(format!("{pointer}/attributes{}", found.pointer), found.mismatch.to_string())
    };
    let mut problems: Vec<_> = head.problems.iter().map(problem).collect();
    if head.id.is_none() {
        problems.push(Problem::new(format!("{pointer}/id"), "the record has no id"));
    }
    UnreadableRow { id: head.id, problems }
}

/// A record that a bulk call wrote.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) id: String,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) outcome: Option<Outcome>,
}

/// Reads of each row just which record it is.
pub(super) struct WrittenRows {
    outcomes: Outcomes,
    pub(super) written: Vec<Written>,
}

impl WrittenRows {
    pub(super) const fn new(outcomes: Outcomes) -> Self {
        Self { outcomes, written: Vec::new() }
    }
}

impl Sink for WrittenRows {
    fn attributes(&mut self, row: &mut dyn Row) {
        // Reads the record's times on its way over the rest.
        let _ = row.fill(&NO_FIELDS, &mut [], None);
    }

    fn end(&mut self, mut head: Head) -> Result<(), Head> {
        let Some(id) = head.id.take() else { return Err(head) };
        let outcome = self.outcomes.of(&id, head.place);
        self.written.push(Written { id, created_at: head.created_at, outcome });
        Ok(())
    }
}

/// What became of the records of a create.
///
/// `Clarify-Matched: 0,3` has the places of the records that existed. Without it nothing is known,
/// but that a record whose id came earlier in the batch existed by then. Where an earlier try of the
/// call may have been carried out, a record that existed may be one that it made.
pub(super) struct Outcomes {
    is_create: bool,
    matched: Option<Vec<usize>>,
    /// Whether a record may be there because an earlier try of this very call made it.
    repeated: bool,
    seen: HashSet<String>,
}

impl Outcomes {
    pub(super) fn read(call: &Call, answer: &Answer) -> Self {
        Self {
            is_create: call.method == http::Method::POST,
            matched: answer.header("clarify-matched").and_then(places),
            repeated: answer.repeated,
            seen: HashSet::new(),
        }
    }

    fn of(&mut self, id: &str, place: Option<usize>) -> Option<Outcome> {
        if !self.is_create {
            return None;
        }
        let is_first = self.seen.insert(id.to_owned());
        Some(match &self.matched {
            _ if !is_first => Outcome::Matched,
            Some(matched) if !matched.contains(&place.unwrap_or_default()) => Outcome::Created,
            Some(_) if !self.repeated => Outcome::Matched,
            _ => Outcome::Unknown,
        })
    }
}

/// The places in a `Clarify-Matched`; none of them, if one can't be read.
fn places(header: &str) -> Option<Vec<usize>> {
    match header.trim() {
        "" => Some(Vec::new()),
        places => places.split(',').map(|place| place.trim().parse().ok()).collect(),
    }
}
