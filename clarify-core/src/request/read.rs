//! The answers of calls.
//!
//! They are read leniently: members and fields that are not known are passed over, `null` is no
//! value, ids are any text, and a deletion may answer with a body or without.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::Value;

use super::{Answer, Call};
use crate::codec::{Document, Head, Meta, Row, RowProblem, Sink, read_document};
use crate::error::{Cause, Problem, Refusal};
use crate::record::UnreadableRow;
use crate::{ClarifyObject, Error, Outcome, Record, RecordId};

/// The rows of a list, and what the service says of the whole.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rows<T> {
    /// The records, in order.
    pub records: Vec<Record<T>>,
    /// The rows that don't fit the struct.
    pub unreadable: Vec<UnreadableRow>,
    /// How many records there are on all pages.
    pub total: Option<u64>,
    /// How many records come before this page.
    pub offset: Option<u64>,
    /// How many records a page has at most.
    pub limit: Option<u64>,
}

/// The record of a create, an upsert, a get or an update.
///
/// # Errors
///
/// When the service refused the call, or the record does not fit the struct.
pub fn record<T: ClarifyObject>(call: &Call, answer: &Answer) -> Result<Record<T>, Error> {
    let mut decoded = Decoded { outcomes: Outcomes::read(call, answer), rows: None, decoded: None };
    read_all(call, answer, &mut decoded)?;
    decoded.rows.ok_or_else(|| not_one(call, answer))
}

/// The records of a bulk call, in the order of its batch.
///
/// # Errors
///
/// When the service refused the call, or a record does not fit the struct.
pub fn records<T: ClarifyObject>(call: &Call, answer: &Answer) -> Result<Vec<Record<T>>, Error> {
    let mut decoded = Decoded::many(call, answer);
    read_all(call, answer, &mut decoded)?;
    check_count(call, answer, decoded.rows.len())?;
    Ok(decoded.rows)
}

/// The rows of a list. Those that don't fit the struct are kept apart.
///
/// # Errors
///
/// When the service refused the call, or answered no list.
pub fn rows<T: ClarifyObject>(call: &Call, answer: &Answer) -> Result<Rows<T>, Error> {
    let mut decoded = Decoded::many(call, answer);
    let document = read(call, answer, &mut decoded)?;
    let Meta { total_records: total, offset, limit } = document.meta;
    let unreadable = unreadable_rows(document.refused);
    Ok(Rows { records: decoded.rows, unreadable, total, offset, limit })
}

/// A deletion's answer: there is nothing in it.
///
/// # Errors
///
/// When the service refused the call.
pub fn nothing(call: &Call, answer: &Answer) -> Result<(), Error> {
    check_status(call, answer)
}

fn read(call: &Call, answer: &Answer, sink: &mut dyn Sink) -> Result<Document, Error> {
    check_status(call, answer)?;
    let problem = |detail: String| unreadable(call, answer, vec![Problem::new("", detail)]);
    let json = std::str::from_utf8(&answer.body).map_err(|_| problem("not UTF-8".to_owned()))?;
    let document = read_document(json, sink).map_err(|error| problem(error.to_string()))?;
    if document.has_data { Ok(document) } else { Err(problem("`data` is missing".to_owned())) }
}

/// [`read`], where every row must be a record.
fn read_all(call: &Call, answer: &Answer, sink: &mut dyn Sink) -> Result<(), Error> {
    let refused = read(call, answer, sink)?.refused;
    if refused.is_empty() {
        return Ok(());
    }
    let problems = unreadable_rows(refused).into_iter().flat_map(|row| row.problems).collect();
    Err(unreadable(call, answer, problems))
}

/// Who zips what was sent with what came back must lose no record by it.
fn check_count(call: &Call, answer: &Answer, found: usize) -> Result<(), Error> {
    match call.records {
        Some(sent) if sent != found => {
            let detail = format!("expected {sent} records, found {found}");
            Err(unreadable(call, answer, vec![Problem::new("/data", detail)]))
        }
        _ => Ok(()),
    }
}

fn not_one(call: &Call, answer: &Answer) -> Error {
    unreadable(call, answer, vec![Problem::new("/data", "expected one record")])
}

/// Makes records of rows: `R` is where they go.
struct Decoded<T, R> {
    outcomes: Outcomes,
    decoded: Option<T>,
    rows: R,
}

impl<T> Decoded<T, Vec<Record<T>>> {
    fn many(call: &Call, answer: &Answer) -> Self {
        Self { outcomes: Outcomes::read(call, answer), decoded: None, rows: Vec::new() }
    }
}

/// Where decoded records go: a list, or the place of one.
trait Keep<T> {
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

impl<T: ClarifyObject, R: Keep<T>> Sink for Decoded<T, R> {
    fn attributes(&mut self, row: &mut dyn Row) {
        self.decoded = T::decode(row);
    }

    fn end(&mut self, mut head: Head) -> Result<(), Head> {
        let Some(attributes) = self.decoded.take() else { return Err(head) };
        let Some(id) = head.id.take() else { return Err(head) };
        let outcome = self.outcomes.of(&id, head.place);
        let Head { created_at, updated_at, .. } = head;
        let id = RecordId::new(id);
        self.rows.keep(Record { id, attributes, created_at, updated_at, outcome });
        Ok(())
    }
}

fn unreadable_rows(refused: Vec<Head>) -> Vec<UnreadableRow> {
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

/// What became of the records of a create.
///
/// `Clarify-Matched: 0,3` has the places of the records that existed. Without it nothing is known,
/// but that a record whose id came earlier in the batch existed by then.
struct Outcomes {
    is_create: bool,
    matched: Option<Vec<usize>>,
    seen: HashSet<String>,
}

impl Outcomes {
    fn read(call: &Call, answer: &Answer) -> Self {
        Self {
            is_create: call.method == http::Method::POST,
            matched: answer.header("clarify-matched").and_then(places),
            seen: HashSet::new(),
        }
    }

    fn of(&mut self, id: &str, place: Option<usize>) -> Option<Outcome> {
        if !self.is_create {
            return None;
        }
        Some(match &self.matched {
            Some(matched) if matched.contains(&place.unwrap_or_default()) => Outcome::Matched,
            Some(_) => Outcome::Created,
            None if self.seen.insert(id.to_owned()) => Outcome::Unknown,
            None => Outcome::Matched,
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

fn check_status(call: &Call, answer: &Answer) -> Result<(), Error> {
    match answer.status {
        200..=299 => Ok(()),
        _ => Err(call.error(Cause::Refused(refusal(answer, None)))),
    }
}

fn unreadable(call: &Call, answer: &Answer, problems: Vec<Problem>) -> Error {
    call.error(Cause::Unreadable(refusal(answer, Some(problems))))
}

fn refusal(answer: &Answer, problems: Option<Vec<Problem>>) -> Refusal {
    let problems = problems.unwrap_or_else(|| error_document(&answer.body));
    let seconds = answer.header("retry-after").and_then(|text| text.trim().parse().ok());
    Refusal {
        status: answer.status,
        excerpt: excerpt(&answer.body).filter(|_| problems.is_empty()),
        problems,
        request_id: answer.header("x-request-id").map(str::to_owned),
        retry_after: seconds.map(Duration::from_secs),
    }
}

/// The beginning of a body, so that an error stays one line.
fn excerpt(body: &[u8]) -> Option<String> {
    const LONGEST: usize = 200;
    let text: String = String::from_utf8_lossy(body).chars().take(LONGEST).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(one_line(&text)).filter(|text| !text.is_empty())
}

/// The problems of `{"errors":[...]}`, or of the `{"message":...}` that proxies answer.
fn error_document(body: &[u8]) -> Vec<Problem> {
    let Ok(document) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    if let Some(errors) = document.get("errors").and_then(Value::as_array) {
        return errors.iter().map(problem).collect();
    }
    let texts = match document.get("message") {
        Some(Value::String(message)) => vec![message.clone()],
        Some(Value::Array(messages)) => {
            messages.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    texts.into_iter().map(|text| Problem::new("", one_line(&text))).collect()
}

/// What a service says goes into logs and onto terminals as one line of plain text.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn problem(error: &Value) -> Problem {
    let text = |pointer| error.pointer(pointer).and_then(Value::as_str);
    let status = match error.get("status") {
        Some(Value::String(status)) => status.parse().ok(),
        Some(status) => status.as_u64().and_then(|status| u16::try_from(status).ok()),
        None => None,
    };
    Problem {
        pointer: one_line(text("/source/pointer").unwrap_or_default()),
        detail: one_line(text("/detail").or_else(|| text("/title")).unwrap_or("no detail")),
        status,
    }
}
