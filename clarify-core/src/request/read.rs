//! The answers of calls.
//!
//! They are read leniently: members and fields that are not known are passed over, `null` is no
//! value, ids are any text, and a deletion may answer with a body or without.

use std::time::Duration;

use serde_json::Value;

use super::{Answer, Call};
use crate::codec::{Document, Head, Row, RowProblem, Sink, read_document};
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
    pub unreadable: Vec<UnreadableRow<T>>,
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
    let mut records = records(call, answer)?;
    match (records.pop(), records.is_empty()) {
        (Some(record), true) => Ok(record),
        _ => Err(unreadable(call, answer, vec![Problem::new("/data", "expected one record")])),
    }
}

/// The records of a bulk call, in the order of its batch.
///
/// # Errors
///
/// When the service refused the call, or a record does not fit the struct.
pub fn records<T: ClarifyObject>(call: &Call, answer: &Answer) -> Result<Vec<Record<T>>, Error> {
    let rows = rows(call, answer)?;
    if !rows.unreadable.is_empty() {
        let problems = rows.unreadable.into_iter().flat_map(|row| row.problems).collect();
        return Err(unreadable(call, answer, problems));
    }
    Ok(rows.records)
}

/// The rows of a list. Those that don't fit the struct are kept apart.
///
/// # Errors
///
/// When the service refused the call, or answered no list.
pub fn rows<T: ClarifyObject>(call: &Call, answer: &Answer) -> Result<Rows<T>, Error> {
    check_status(call, answer)?;
    let mut collected = Collected { records: Vec::new(), unreadable: Vec::new(), decoded: None };
    let document = read(call, answer, &mut collected)?;
    let Collected { mut records, unreadable, .. } = collected;
    if call.method == http::Method::POST {
        mark_outcomes(&mut records, answer);
    }
    let meta = document.meta;
    let (total, offset, limit) = (meta.total_records, meta.offset, meta.limit);
    Ok(Rows { records, unreadable, total, offset, limit })
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
    let problem = |detail: String| unreadable(call, answer, vec![Problem::new("", detail)]);
    let json = std::str::from_utf8(&answer.body).map_err(|_| problem("not UTF-8".to_owned()))?;
    let document = read_document(json, sink).map_err(|error| problem(error.to_string()))?;
    if document.has_data { Ok(document) } else { Err(problem("`data` is missing".to_owned())) }
}

/// Makes records of rows.
struct Collected<T> {
    records: Vec<Record<T>>,
    unreadable: Vec<UnreadableRow<T>>,
    decoded: Option<T>,
}

impl<T: ClarifyObject> Sink for Collected<T> {
    fn attributes(&mut self, row: &mut dyn Row) {
        self.decoded = T::decode(row);
    }

    fn end(&mut self, mut head: Head) {
        match (self.decoded.take(), head.id.take()) {
            (Some(attributes), Some(id)) => self.records.push(Record {
                id: RecordId::new(id),
                attributes,
                created_at: head.created_at,
                updated_at: head.updated_at,
                outcome: None,
            }),
            (_, id) => {
                let mut problems = located(&head);
                if id.is_none() {
                    let pointer = format!("{}/id", head.pointer());
                    problems.push(Problem::new(pointer, "the record has no id"));
                }
                self.unreadable.push(UnreadableRow { id: id.map(RecordId::new), problems });
            }
        }
    }
}

/// The problems of a row's attributes, seen from the document.
fn located(head: &Head) -> Vec<Problem> {
    let prefix = format!("{}/attributes", head.pointer());
    let problem = |found: &RowProblem| {
        Problem::new(format!("{prefix}{}", found.pointer), found.mismatch.to_string())
    };
    head.problems.iter().map(problem).collect()
}

/// `Clarify-Matched: 0,3` has the places of the records that existed. Without it nothing is known,
/// but that a record whose id came earlier in the batch existed by then.
fn mark_outcomes<T>(records: &mut [Record<T>], answer: &Answer) {
    let matched: Option<Vec<usize>> = answer
        .header("clarify-matched")
        .map(|places| places.split(',').filter_map(|place| place.trim().parse().ok()).collect());
    let mut seen = std::collections::HashSet::new();
    for (place, record) in records.iter_mut().enumerate() {
        let repeated = !seen.insert(record.id.as_str().to_owned());
        record.outcome = Some(match &matched {
            Some(matched) if matched.contains(&place) => Outcome::Matched,
            Some(_) => Outcome::Created,
            None if repeated => Outcome::Matched,
            None => Outcome::Unknown,
        });
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
    (!text.is_empty()).then_some(text)
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
    texts.into_iter().map(|text| Problem::new("", text)).collect()
}

fn problem(error: &Value) -> Problem {
    let text = |pointer| error.pointer(pointer).and_then(Value::as_str);
    let status = match error.get("status") {
        Some(Value::String(status)) => status.parse().ok(),
        Some(status) => status.as_u64().and_then(|status| u16::try_from(status).ok()),
        None => None,
    };
    Problem {
        pointer: text("/source/pointer").unwrap_or_default().to_owned(),
        detail: text("/detail").or_else(|| text("/title")).unwrap_or("no detail").to_owned(),
        status,
    }
}
