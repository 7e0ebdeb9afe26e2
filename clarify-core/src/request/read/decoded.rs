//! Rows on their way to records.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::codec::{Head, NO_FIELDS, Row, RowProblem, Sink};
use crate::error::Problem;
use crate::record::UnreadableRow;
use crate::request::{Answer, Call};
use crate::{Outcome, Record, RecordId, RecordType};

/// What is compiled for each struct: decodes the attributes of rows, and keeps the records.
pub(super) trait Records {
    /// Decodes the attributes of a row.
    fn decode(&mut self, row: &mut dyn Row);

    /// Keeps the record of the row that was decoded last, or gives the rest of it back where its
    /// attributes did not fit.
    fn keep(&mut self, rest: RecordHead) -> Result<(), RecordHead>;
}

/// All of a record but its attributes.
pub(super) struct RecordHead {
    id: String,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    outcome: Option<Outcome>,
}

/// The records of a list, or the one that is asked for.
pub(super) struct Decoded<T, R> {
    decoded: Option<T>,
    pub(super) records: R,
}

impl<T, R: Default> Default for Decoded<T, R> {
    fn default() -> Self {
        Self { decoded: None, records: R::default() }
    }
}

/// Where records go.
pub(super) trait Keep<T> {
    fn keep(&mut self, record: Record<T>);
}

impl<T> Keep<T> for Vec<Record<T>> {
    fn keep(&mut self, record: Record<T>) {
        self.push(record);
    }
}

impl<T> Keep<T> for Option<Record<T>> {
    fn keep(&mut self, record: Record<T>) {
        *self = Some(record);
    }
}

impl<T: RecordType, R: Keep<T>> Records for Decoded<T, R> {
    fn decode(&mut self, row: &mut dyn Row) {
        self.decoded = T::decode_row(row);
    }

    fn keep(&mut self, rest: RecordHead) -> Result<(), RecordHead> {
        let Some(attributes) = self.decoded.take() else { return Err(rest) };
        let RecordHead { id, created_at, updated_at, outcome } = rest;
        let id = RecordId::new(id);
        self.records.keep(Record { id, attributes, created_at, updated_at, outcome });
        Ok(())
    }
}

/// Takes the rows of a document, whatever the struct.
pub(super) struct RecordRows<'r> {
    records: &'r mut dyn Records,
    outcomes: Outcomes,
    /// Where each record stands among the rows of a list.
    pub(super) places: Vec<u64>,
}

impl<'r> RecordRows<'r> {
    pub(super) fn new(call: &Call, answer: &Answer, records: &'r mut dyn Records) -> Self {
        Self { records, outcomes: Outcomes::read(call, answer), places: Vec::new() }
    }
}

impl Sink for RecordRows<'_> {
    fn attributes(&mut self, row: &mut dyn Row) {
        self.records.decode(row);
    }

    fn end(&mut self, mut head: Head) -> Result<(), Head> {
        let Some(id) = head.id.take() else { return Err(head) };
        let rest = RecordHead {
            outcome: self.outcomes.of(&id, head.place),
            id,
            created_at: head.created_at,
            updated_at: head.updated_at,
        };
        if let Err(rest) = self.records.keep(rest) {
            head.id = Some(rest.id);
            return Err(head);
        }
        self.places.extend(head.place.and_then(|place| u64::try_from(place).ok()));
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
