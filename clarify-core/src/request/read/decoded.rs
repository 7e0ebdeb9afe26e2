//! Rows on their way to records.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::codec::{Head, NO_FIELDS, Row, RowProblem, Sink};
use crate::error::Problem;
use crate::record::{RestOfRecord, UnreadableRow};
use crate::request::{Answer, Call};
use crate::value::IdText;
use crate::{MAX_BATCH, Outcome, Record, RecordType};

/// What is compiled for each struct: decodes the attributes of rows, and keeps the records.
pub(super) trait Records {
    /// Begins a record with the attributes of a row, if they fit.
    fn begin(&mut self, row: &mut dyn Row) -> bool;

    /// All but the attributes of the record that was begun last.
    fn rest(&mut self) -> Option<RestOfRecord<'_>>;

    /// Takes back the record that was begun last.
    fn take_back(&mut self);
}

impl<T: RecordType> Records for Vec<Record<T>> {
    fn begin(&mut self, row: &mut dyn Row) -> bool {
        let Some(attributes) = T::decode_row(row) else { return false };
        self.push(Record::begun(attributes));
        true
    }

    fn rest(&mut self) -> Option<RestOfRecord<'_>> {
        self.last_mut().map(Record::rest)
    }

    fn take_back(&mut self) {
        self.pop();
    }
}

/// Takes the rows of a document, whatever the struct.
pub(super) struct RecordRows<'r> {
    records: &'r mut dyn Records,
    /// Whether the last record is of the row that is being read.
    has_begun: bool,
    outcomes: Outcomes,
    seen: HashSet<String>,
    /// Where each record stands among the rows of a list.
    pub(super) places: Vec<u64>,
}

impl<'r> RecordRows<'r> {
    pub(super) fn new(call: &Call, answer: &Answer, records: &'r mut dyn Records) -> Self {
        let outcomes = Outcomes::read(call, answer);
        Self { records, has_begun: false, outcomes, seen: HashSet::new(), places: Vec::new() }
    }
}

impl RecordRows<'_> {
    fn take_back(&mut self) {
        if std::mem::take(&mut self.has_begun) {
            self.records.take_back();
        }
    }
}

impl Sink for RecordRows<'_> {
    fn attributes(&mut self, row: &mut dyn Row) {
        // Of attributes that are there twice the last ones count.
        self.take_back();
        self.has_begun = self.records.begin(row);
    }

    fn end(&mut self, head: &mut Head) -> bool {
        let Some(id) = head.id.take_if(|_| self.has_begun) else {
            self.take_back();
            return false;
        };
        self.has_begun = false;
        if let Some(rest) = self.records.rest() {
            *rest.created_at = head.created_at;
            *rest.updated_at = head.updated_at;
            let is_first = self.outcomes.is_create && self.seen.insert(id.as_str().to_owned());
            *rest.outcome = self.outcomes.of(head.place, is_first);
            *rest.id = id;
        }
        self.places.extend(head.place.and_then(|place| u64::try_from(place).ok()));
        true
    }
}

pub(super) fn unreadable_rows(refused: Vec<Head>) -> Vec<UnreadableRow> {
    refused.into_iter().map(unreadable_row).collect()
}

/// A row's problems, with their pointers seen from the document.
pub(super) fn unreadable_row(head: Head) -> UnreadableRow {
    let pointer = head.pointer();
    let problem = |found: &RowProblem| {
        Problem::new(format!("{pointer}/attributes{}", found.pointer), found.mismatch.to_string())
    };
    let mut problems: Vec<_> = head.problems.iter().map(problem).collect();
    if head.id.is_none() {
        problems.push(Problem::new(format!("{pointer}/id"), "the record has no id"));
    }
    UnreadableRow { id: head.id.map(|id| id.as_str().to_owned()), problems }
}

/// A record that a bulk call wrote.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) id: IdText,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) outcome: Option<Outcome>,
}

/// Reads of each row just which record it is.
pub(super) struct WrittenRows {
    outcomes: Outcomes,
    /// Whether the ids ascend, as those of new records do: then none comes twice.
    ascends: bool,
    pub(super) written: Vec<Written>,
}

impl WrittenRows {
    pub(super) fn new(outcomes: Outcomes, records: usize) -> Self {
        Self { outcomes, ascends: true, written: Vec::with_capacity(records) }
    }
}

impl Sink for WrittenRows {
    /// Their times tell new records from others only where the service does not.
    fn wants_attributes(&self) -> bool {
        self.outcomes.matched.is_none()
    }

    fn attributes(&mut self, row: &mut dyn Row) {
        // Reads the record's times on its way over the rest.
        let _ = row.fill(&NO_FIELDS, &mut [], None);
    }

    fn end(&mut self, head: &mut Head) -> bool {
        let Some(id) = head.id.take() else { return false };
        self.ascends &= self.written.last().is_none_or(|last| last.id.as_str() < id.as_str());
        // Of a batch, an id is looked for faster than it is hashed, from its end on, where ids differ;
        // longer answers are refused.
        let mut earlier = self.written.iter().take(MAX_BATCH);
        let differs = |other: &IdText| other.as_str().bytes().rev().ne(id.as_str().bytes().rev());
        let is_first = self.ascends || earlier.all(|written| differs(&written.id));
        let outcome = self.outcomes.of(head.place, is_first);
        self.written.push(Written { id, created_at: head.created_at, outcome });
        true
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
}

impl Outcomes {
    pub(super) fn read(call: &Call, answer: &Answer) -> Self {
        Self {
            is_create: call.method == http::Method::POST,
            matched: answer.header("clarify-matched").and_then(places),
            repeated: answer.repeated,
        }
    }

    /// Of the record at this place. `is_first` says that its id did not come earlier in the answer.
    pub(super) fn of(&self, place: Option<usize>, is_first: bool) -> Option<Outcome> {
        if !self.is_create {
            return None;
        }
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
