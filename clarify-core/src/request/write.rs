//! The calls that write.

use clarify_schema::{CUSTOM_PREFIX, Object, Text};
use http::Method;

use super::Call;
use super::endpoint::segment;
use crate::Error;
use crate::codec::{Encoded, Encoder};
use crate::error::{Cause, Problem};
use crate::object::{EncodeRow, ObjectRef};
use crate::patch::{Changes, Manner};
use crate::value::{Writer, read_json, write_text};

/// What a list of records, and one of ids, begins with in the body of a call.
pub(crate) const RECORDS_BEGIN: &[u8] = b"{\"data\":[";
pub(crate) const IDS_BEGIN: &[u8] = b"{\"items\":[";

const RECORDS: &str = "/objects/{object}/records";
const BULK: &str = "/objects/{object}/records/bulk";
const RECORD: &str = "/objects/{object}/records/{id}";

fn records_path(object: &str) -> String {
    format!("/objects/{object}/records")
}

pub(crate) fn on_records(method: Method, object: &ObjectRef) -> Call {
    Call::new(method, records_path(&object.name), RECORDS, object.name())
}

/// A call that creates many records.
pub(crate) fn bulk(object: &ObjectRef) -> Call {
    let path = format!("{}/bulk", records_path(&object.name));
    Call::new(Method::POST, path, BULK, object.name())
}

/// A call on the record of this id.
pub(super) fn on_record(method: Method, object: &ObjectRef, id: &str) -> Result<Call, Error> {
    let call = Call { route: RECORD, ..on_records(method, object) };
    match segment(id) {
        Some(id) => Ok(Call { path: format!("{}/{id}", call.path), ..call }),
        None => {
            let detail = format!("`{id}` can't be the id of a record");
            Err(call.error(Cause::Unsendable(vec![Problem::new("", detail)])))
        }
    }
}

pub(crate) fn create_one(
    object: &ObjectRef,
    record: Result<Encoded, Vec<Problem>>,
    matching: bool,
) -> Result<Call, Error> {
    let call = on_records(Method::POST, object).repeatable(matching);
    let encoded = record
        .and_then(|encoded| matchable(object, &encoded, matching).map(|()| encoded))
        .map_err(|problems| unsendable(&call, "/data", problems))?;
    let mut body = Vec::from(b"{\"data\":");
    write_resource(&mut body, &object.name, None, &encoded.json);
    end_create(&mut body, object, matching);
    Ok(call.body(body))
}

pub(crate) fn create_many(
    object: &ObjectRef,
    records: &mut dyn Iterator<Item = &dyn EncodeRow>,
    matching: bool,
) -> Result<Call, Error> {
    let mut call = bulk(object).repeatable(matching);
    let head = head(&object.name);
    let mut body = write_list(&mut call, records.size_hint().0, &mut |body| {
        let record = records.next()?;
        body.bytes().extend_from_slice(&head);
        Some(write_record(body, record, object, matching))
    })?;
    end_create(&mut body, object, matching);
    Ok(call.body(body))
}

pub(super) fn update_one(
    object: &ObjectRef,
    id: &str,
    changes: Result<Changes, Vec<Problem>>,
) -> Result<Call, Error> {
    if object.name.starts_with(CUSTOM_PREFIX) {
        return update_many(object, &mut [(id, changes)].into_iter());
    }
    let call = on_record(Method::PATCH, object, id)?;
    let changes = changes.map_err(|problems| unsendable(&call, "/data", problems))?;
    let mut body = Vec::from(b"{\"data\":");
    write_resource(&mut body, &object.name, Some(id), &changes.attributes);
    end_update(&mut body, &changes.manners);
    Ok(call.body(body))
}

pub(crate) fn update_many(
    object: &ObjectRef,
    items: &mut dyn Iterator<Item = (&str, Result<Changes, Vec<Problem>>)>,
) -> Result<Call, Error> {
    let mut call = on_records(Method::PATCH, object);
    let mut manners = Vec::new();
    let mut body = write_list(&mut call, items.size_hint().0, &mut |body| {
        let (id, changes) = items.next()?;
        begin_resource(body.bytes(), &object.name, Some(id));
        Some(changes.and_then(|changes| {
            body.bytes().extend_from_slice(&changes.attributes);
            agree(&mut manners, &changes.manners)
        }))
    })?;
    end_update(&mut body, &manners);
    Ok(call.body(body))
}

pub(crate) fn delete_many<'i>(object: &ObjectRef, ids: impl Iterator<Item = &'i str>) -> Call {
    let mut body = Vec::from(IDS_BEGIN);
    for id in ids {
        write_text(&mut body, id);
        body.push(b',');
    }
    body.pop_if(|last| *last == b',');
    body.extend_from_slice(b"]}");
    on_records(Method::DELETE, object).body(body)
}

/// The ids that a bulk deletion is of.
pub(crate) fn items_of(call: &Call) -> Vec<String> {
    let body = read_json(&call.body).ok();
    let items = body.as_ref().and_then(|body| body.get("items")?.as_array());
    let ids = items.into_iter().flatten().filter_map(serde_json::Value::as_str);
    ids.map(str::to_owned).collect()
}

/// `meta` is said once for all records of a call, so their patches must agree about each field.
pub(crate) fn agree(
    manners: &mut Vec<(Text, Manner)>,
    more: &[(Text, Manner)],
) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    for (name, manner) in more {
        match manners.iter().find(|(known, _)| known == name) {
            None => manners.push((name.clone(), *manner)),
            Some((_, known)) if known == manner => {}
            Some((_, known)) => {
                let (one, other) = (known.word(), manner.word());
                let detail = format!("one call can't both {one} and {other} the items of a field");
                problems.push(Problem::new(format!("/{name}"), detail));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// A record without a value in its unique field would match nothing: every upsert of it would make
/// another record.
pub(crate) fn matchable(
    object: &Object,
    encoded: &Encoded,
    matching: bool,
) -> Result<(), Vec<Problem>> {
    check_unique(object, encoded.unique().is_some(), matching)
}

fn check_unique(object: &Object, has_value: bool, matching: bool) -> Result<(), Vec<Problem>> {
    if !matching || has_value {
        return Ok(());
    }
    Err(vec![match object.unique_field() {
        Some(unique) => {
            let detail = format!("an upsert matches on `{}`, and it has no value", unique.name);
            Problem::new(format!("/{}", unique.name), detail)
        }
        None => {
            let detail = format!("no unique field of `{}` is known to match on", object.name);
            Problem::new("", detail)
        }
    }])
}

/// Where there are problems, the body is not to be sent.
fn write_record(
    body: &mut Writer,
    record: &dyn EncodeRow,
    object: &Object,
    matching: bool,
) -> Result<(), Vec<Problem>> {
    let mut row = Encoder::onto(body);
    record.encode_row(object, &mut row);
    let (unique, problems) = row.finish();
    if !problems.is_empty() {
        return Err(problems);
    }
    check_unique(object, unique.is_some(), matching)
}

/// Writes the next resource of a list but for its last brace, if there is one.
type WriteNext<'w> = &'w mut dyn FnMut(&mut Writer) -> Option<Result<(), Vec<Problem>>>;

/// `{"data":[...]`, or the problems of all records.
fn write_list(call: &mut Call, count: usize, next: WriteNext<'_>) -> Result<Vec<u8>, Error> {
    // A record is seldom larger, so that the body grows once, if at all.
    const ROOM: usize = 512;
    let mut body = Writer::onto(Vec::with_capacity(ROOM * (count + 1)));
    let (mut written, mut problems) = (0, Vec::new());
    body.bytes().extend_from_slice(RECORDS_BEGIN);
    while let Some(result) = next(&mut body) {
        if let Err(found) = result {
            problems.extend(located(&format!("/data/{written}"), found));
        }
        body.json("},");
        written += 1;
        call.records = Some(written);
    }
    if !problems.is_empty() {
        return Err(call.error(Cause::Unsendable(problems)));
    }
    let mut body = body.into_bytes();
    body.pop_if(|last| *last == b',');
    body.push(b']');
    Ok(body)
}

/// What every resource of a list begins with that has no id.
fn head(object: &str) -> Vec<u8> {
    let mut head = Vec::with_capacity(64);
    begin_resource(&mut head, object, None);
    head
}

/// A resource whose attributes are encoded already.
pub(crate) fn write_resource(
    body: &mut Vec<u8>,
    object: &str,
    id: Option<&str>,
    attributes: &[u8],
) {
    begin_resource(body, object, id);
    body.extend_from_slice(attributes);
    body.push(b'}');
}

/// A resource of this type, up to where its attributes are to stand.
fn begin_resource(body: &mut Vec<u8>, object: &str, id: Option<&str>) {
    body.extend_from_slice(b"{\"type\":");
    write_text(body, object);
    if let Some(id) = id {
        body.extend_from_slice(b",\"id\":");
        write_text(body, id);
    }
    body.extend_from_slice(b",\"attributes\":");
}

/// What the body of an update ends with. To replace is what a service does where nothing is said.
pub(crate) fn end_update(body: &mut Vec<u8>, manners: &[(Text, Manner)]) {
    let mut before: &[u8] = b",\"meta\":{";
    for (name, manner) in manners.iter().filter(|(_, manner)| *manner != Manner::Replace) {
        body.extend_from_slice(before);
        write_text(body, name);
        body.extend_from_slice(b":{\"collection\":");
        write_text(body, manner.word());
        body.push(b'}');
        before = b",";
    }
    if before == b"," {
        body.push(b'}');
    }
    body.push(b'}');
}

/// What the body of a create or an upsert ends with.
pub(crate) fn end_create(body: &mut Vec<u8>, object: &Object, matching: bool) {
    if let Some(unique) = object.unique_field().filter(|_| matching) {
        body.extend_from_slice(b",\"match_on\":");
        write_text(body, &unique.name);
    }
    body.push(b'}');
}

fn unsendable(call: &Call, prefix: &str, problems: Vec<Problem>) -> Error {
    call.error(Cause::Unsendable(located(prefix, problems).collect()))
}

/// The problems of one record's attributes, seen from the document.
fn located(prefix: &str, problems: Vec<Problem>) -> impl Iterator<Item = Problem> {
    let prefix = format!("{prefix}/attributes");
    problems.into_iter().map(move |problem| problem.below(&prefix))
}
