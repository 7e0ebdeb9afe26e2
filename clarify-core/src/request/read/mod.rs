//! The answers of calls.
//!
//! They are read leniently: members and fields that are not known are passed over, `null` is no
//! value, ids are any text, and a deletion may answer with a body or without.

mod decoded;
mod refusal;

use std::marker::PhantomData;

use super::{Answer, Call};
use crate::codec::{Document, Head, Meta, OneRow, Sink, mistake, read_document, read_one};
use crate::error::{Cause, Problem, Refusal};
use crate::record::UnreadableRow;
use crate::value::read_json;
use crate::{Error, Record, RecordId, RecordType};
pub(crate) use decoded::Written;
use decoded::{Outcomes, RecordRows, Records, WrittenRows, unreadable_row, unreadable_rows};
use refusal::{bounded, refusal};

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
    /// Where each record stands among the rows.
    pub(crate) places: Vec<u64>,
}

/// The record of a create, an upsert, a get or an update.
///
/// # Errors
///
/// When the service refused the call, or the record does not fit the struct.
pub fn record<T: RecordType>(call: &Call, answer: &Answer) -> Result<Record<T>, Error> {
    let mut row = find_one(call, answer)?;
    let Some(attributes) = T::decode_row(&mut row) else {
        return Err(refused(call, answer, row));
    };
    // Not `?`, and no call where all went well: this is compiled for each struct, and most of it would
    // be what drops the attributes on each way out.
    match rest_of(call, answer, row) {
        Ok(rest) => Ok(Record {
            id: RecordId { text: rest.id.text, object: PhantomData },
            attributes,
            created_at: rest.created_at,
            updated_at: rest.updated_at,
            outcome: rest.outcome,
        }),
        Err(error) => Err(error),
    }
}

/// The records of a bulk call, in the order of its batch.
///
/// # Errors
///
/// When the service refused the call, or a record does not fit the struct.
pub fn records<T: RecordType>(call: &Call, answer: &Answer) -> Result<Vec<Record<T>>, Error> {
    let mut records = Vec::<Record<T>>::new();
    read_records(call, answer, &mut records)?;
    check_count(call, answer, records.len())?;
    Ok(records)
}

/// The ids of the records that a bulk call wrote, in the order of its batch. What else they hold is
/// not read, so a value that fits no struct is in nobody's way.
pub(crate) fn written(call: &Call, answer: &Answer) -> Result<Vec<Written>, Error> {
    let records = call.records.unwrap_or_default();
    let mut rows = WrittenRows::new(Outcomes::read(call, answer), records);
    read_all(call, answer, &mut rows)?;
    check_count(call, answer, rows.written.len())?;
    Ok(rows.written)
}

/// The rows of a list. Those that don't fit the struct are kept apart.
///
/// # Errors
///
/// When the service refused the call, or answered no list.
pub fn rows<T: RecordType>(call: &Call, answer: &Answer) -> Result<Rows<T>, Error> {
    let mut records = Vec::<Record<T>>::new();
    let (document, places) = read_rows(call, answer, &mut records)?;
    let Meta { total_records: total, offset, limit } = document.meta;
    let unreadable = unreadable_rows(document.refused);
    Ok(Rows { records, unreadable, total, offset, limit, places })
}

/// [`rows`], where every row must be a record.
///
/// # Errors
///
/// Also when a row does not fit the struct.
pub fn strict_rows<T: RecordType>(call: &Call, answer: &Answer) -> Result<Rows<T>, Error> {
    let rows = rows(call, answer)?;
    if rows.unreadable.is_empty() {
        return Ok(rows);
    }
    let problems = rows.unreadable.into_iter().flat_map(|row| row.problems).collect();
    Err(unreadable(call, answer, problems))
}

/// A deletion's answer: there is nothing in it.
///
/// # Errors
///
/// When the service refused the call.
pub fn nothing(call: &Call, answer: &Answer) -> Result<(), Error> {
    check_status(call, answer)?;
    let is_document =
        answer.body.is_empty() || read_json(&answer.body).is_ok_and(|answer| answer.is_object());
    if is_document { Ok(()) } else { Err(malformed(call, answer, "expected nothing, or JSON")) }
}

/// An answer that is read by who asked for it.
///
/// # Errors
///
/// When the service refused the call, or the answer is no JSON.
pub fn document(call: &Call, answer: &Answer) -> Result<serde_json::Value, Error> {
    check_status(call, answer)?;
    read_json(&answer.body).map_err(|error| malformed(call, answer, &error.to_string()))
}

/// The schemas that a service answered are none.
pub(crate) fn unreadable_schema(call: &Call, error: &clarify_schema::SchemaError) -> Error {
    let problem = Problem::new(error.pointer(), error.detail().to_owned());
    unreadable(call, &Answer::new(200, ""), vec![problem])
}

/// Whether a refusal names all of these records, by their places in the bulk call or by their ids.
pub(crate) fn names_all(answer: &Answer, ids: &[String]) -> bool {
    let problems = refusal(answer, None).problems;
    let is_named = |(place, id): (usize, &String)| {
        problems.iter().any(|problem| {
            problem.record_index() == Some(place) || problem.detail.contains(id.as_str())
        })
    };
    ids.iter().enumerate().all(is_named)
}

fn read(call: &Call, answer: &Answer, sink: &mut dyn Sink) -> Result<Document, Error> {
    let document = read_document(text(call, answer)?, sink);
    with_data(call, answer, document.map_err(|detail| malformed(call, answer, &detail))?)
}

fn with_data(call: &Call, answer: &Answer, document: Document) -> Result<Document, Error> {
    if document.has_data { Ok(document) } else { Err(malformed(call, answer, "`data` is missing")) }
}

fn text<'a>(call: &Call, answer: &'a Answer) -> Result<&'a str, Error> {
    check_status(call, answer)?;
    std::str::from_utf8(&answer.body).map_err(|_| malformed(call, answer, "not UTF-8"))
}

/// [`read`], where every row must be a record.
fn read_all(call: &Call, answer: &Answer, sink: &mut dyn Sink) -> Result<(), Error> {
    check_refused(call, answer, read(call, answer, sink)?.refused)
}

fn check_refused(call: &Call, answer: &Answer, refused: Vec<Head>) -> Result<(), Error> {
    if refused.is_empty() {
        return Ok(());
    }
    let problems = unreadable_rows(refused).into_iter().flat_map(|row| row.problems).collect();
    Err(unreadable(call, answer, problems))
}

/// The one record that is asked for.
fn find_one<'a>(call: &Call, answer: &'a Answer) -> Result<OneRow<'a>, Error> {
    let found = read_one(text(call, answer)?);
    let (document, row) = found.map_err(|detail| malformed(call, answer, &detail))?;
    check_refused(call, answer, with_data(call, answer, document)?.refused)?;
    row.ok_or_else(|| not_one(call, answer))
}

/// All of a record but its attributes, which were read.
fn rest_of(call: &Call, answer: &Answer, mut row: OneRow<'_>) -> Result<Record<()>, Error> {
    let Some(text) = row.head.id.take() else { return Err(refused(call, answer, row)) };
    let Head { place, created_at, updated_at, .. } = row.head;
    let outcome = Outcomes::read(call, answer).of(place, true);
    let id = RecordId { text, object: PhantomData };
    Ok(Record { id, attributes: (), created_at, updated_at, outcome })
}

/// Why a row is no record.
fn refused(call: &Call, answer: &Answer, row: OneRow<'_>) -> Error {
    if row.is_broken {
        return malformed(call, answer, &mistake(&String::from_utf8_lossy(&answer.body)));
    }
    unreadable(call, answer, unreadable_row(row.head).problems)
}

/// [`read_all`], with records for rows.
fn read_records(call: &Call, answer: &Answer, records: &mut dyn Records) -> Result<(), Error> {
    read_all(call, answer, &mut RecordRows::new(call, answer, records))
}

/// [`read`], with records for rows, and the places at which they stand.
fn read_rows(
    call: &Call,
    answer: &Answer,
    records: &mut dyn Records,
) -> Result<(Document, Vec<u64>), Error> {
    let mut rows = RecordRows::new(call, answer, records);
    let document = read(call, answer, &mut rows)?;
    Ok((document, rows.places))
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

/// The answer is no document, or half of one.
fn malformed(call: &Call, answer: &Answer, detail: &str) -> Error {
    let refusal = refusal(answer, Some(vec![Problem::new("", bounded(detail))]));
    call.error(Cause::Unreadable(Refusal { malformed: true, ..refusal }))
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
