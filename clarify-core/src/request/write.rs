//! The calls that write.

use clarify_schema::{CUSTOM_PREFIX, Object};
use http::Method;

use super::Call;
use super::endpoint::segment;
use crate::codec::{Encoded, Encoder};
use crate::error::{Cause, Problem};
use crate::{
    Batch, ClarifyObject, Error, HasUniqueField, IdOf, Patch, PatchOf, RecordId, RecordOf,
};

/// `POST /objects/{object}/records`: creates a record.
///
/// # Errors
///
/// When a value can't be sent; the error names its field.
pub fn create<T: ClarifyObject>(record: &T) -> Result<Call, Error> {
    create_one(T::OBJECT, &|row| record.encode(row), None)
}

/// `POST /objects/{object}/records` with `match_on`: updates the record that has the same unique
/// value, or creates one.
///
/// # Errors
///
/// When a value can't be sent, or the unique field has none.
pub fn upsert<T: HasUniqueField>(record: &T) -> Result<Call, Error> {
    create_one(T::OBJECT, &|row| record.encode(row), unique_name(T::OBJECT))
}

/// `POST /objects/{object}/records/bulk`: creates the records of a batch, all or none.
///
/// # Errors
///
/// When a value can't be sent; the error has the place of its record and its field.
pub fn bulk_create<T: ClarifyObject, R: RecordOf<T>>(batch: &Batch<R>) -> Result<Call, Error> {
    create_many(T::OBJECT, &mut encoders(batch), None)
}

/// `POST /objects/{object}/records/bulk` with `match_on`: upserts the records of a batch, all or
/// none.
///
/// # Errors
///
/// When a value can't be sent, or a record has no value in its unique field.
pub fn bulk_upsert<T: HasUniqueField, R: RecordOf<T>>(batch: &Batch<R>) -> Result<Call, Error> {
    create_many(T::OBJECT, &mut encoders(batch), unique_name(T::OBJECT))
}

/// `PATCH /objects/{object}/records/{id}`: changes the fields that the patch names.
///
/// For a custom object it is the bulk form with one record: the hosted service answers 500 to the
/// single form.
///
/// # Errors
///
/// When a value of the patch can't be sent; the error names its field.
pub fn update<T: ClarifyObject>(id: &RecordId<T>, patch: &Patch<T>) -> Result<Call, Error> {
    if T::NAME.starts_with(CUSTOM_PREFIX) {
        return update_many(T::OBJECT, &mut [(id.as_str(), patch.encode())].into_iter());
    }
    let call = on_record(Method::PATCH, T::NAME, id.as_str())?;
    let attributes = patch.encode().map_err(|problems| unsendable(&call, "/data", problems))?;
    let mut body = Vec::from(b"{\"data\":");
    write_resource(&mut body, T::NAME, Some(id.as_str()), &attributes);
    body.push(b'}');
    Ok(call.body(body))
}

/// `PATCH /objects/{object}/records`: changes the records of a batch, all or none. The service
/// looks for every id before it writes, and answers 404 if any is missing.
///
/// # Errors
///
/// When a value of a patch can't be sent; the error has the place of its record and its field.
pub fn bulk_update<T, I, P>(batch: &Batch<(I, P)>) -> Result<Call, Error>
where
    T: ClarifyObject,
    I: IdOf<T>,
    P: PatchOf<T>,
{
    let mut items = batch.iter().map(|(id, patch)| (id.id().as_str(), patch.patch().encode()));
    update_many(T::OBJECT, &mut items)
}

/// `DELETE /objects/{object}/records/{id}`: deletes a record.
///
/// # Errors
///
/// When the id is empty, `.` or `..`: no record has such a one, and no path could hold it.
pub fn delete<T: ClarifyObject>(id: &RecordId<T>) -> Result<Call, Error> {
    on_record(Method::DELETE, T::NAME, id.as_str())
}

/// `DELETE /objects/{object}/records`: deletes the records of a batch, all or none.
#[must_use]
pub fn bulk_delete<T: ClarifyObject, I: IdOf<T>>(batch: &Batch<I>) -> Call {
    let ids: Vec<&str> = batch.iter().map(|item| item.id().as_str()).collect();
    let body = serde_json::json!({ "items": ids }).to_string();
    Call::new(Method::DELETE, records_path(T::NAME), T::NAME).body(body.into_bytes())
}

pub(super) fn records_path(object: &str) -> String {
    format!("/objects/{object}/records")
}

/// A call on the record of this id.
pub(super) fn on_record(method: Method, object: &'static str, id: &str) -> Result<Call, Error> {
    let call = Call::new(method, records_path(object), object);
    match segment(id) {
        Some(id) => Ok(Call { path: format!("{}/{id}", call.path), ..call }),
        None => {
            let detail = format!("`{id}` can't be the id of a record");
            Err(call.error(Cause::Unsendable(vec![Problem::new("", detail)])))
        }
    }
}

fn unique_name(object: &Object) -> Option<&str> {
    object.unique_field().map(|field| &*field.name)
}

/// Hands the fields of one record to the encoder.
type Encode<'r> = &'r dyn Fn(&mut Encoder);

fn encoders<T: ClarifyObject, R: RecordOf<T>>(
    batch: &Batch<R>,
) -> impl Iterator<Item = Result<Encoded, Vec<Problem>>> {
    batch.iter().map(|item| encode(&|row| item.record().encode(row)))
}

fn encode(record: Encode<'_>) -> Result<Encoded, Vec<Problem>> {
    let mut row = Encoder::new();
    record(&mut row);
    row.finish()
}

fn create_one(
    object: &'static Object,
    record: Encode<'_>,
    match_on: Option<&str>,
) -> Result<Call, Error> {
    let call = Call::new(Method::POST, records_path(&object.name), &object.name);
    let encoded = matchable(encode(record), match_on)
        .map_err(|problems| unsendable(&call, "/data", problems))?;
    let mut body = Vec::from(b"{\"data\":");
    write_resource(&mut body, &object.name, None, &encoded.json);
    end_create(&mut body, match_on);
    Ok(call.body(body))
}

fn create_many(
    object: &'static Object,
    records: &mut dyn Iterator<Item = Result<Encoded, Vec<Problem>>>,
    match_on: Option<&str>,
) -> Result<Call, Error> {
    let path = format!("{}/bulk", records_path(&object.name));
    let mut call = Call::new(Method::POST, path, &object.name);
    let mut resources =
        records.map(|record| matchable(record, match_on).map(|encoded| (None, encoded.json)));
    let mut body = write_list(&mut call, &mut resources)?;
    end_create(&mut body, match_on);
    Ok(call.body(body))
}

fn update_many(
    object: &'static Object,
    items: &mut dyn Iterator<Item = (&str, Result<Vec<u8>, Vec<Problem>>)>,
) -> Result<Call, Error> {
    let mut call = Call::new(Method::PATCH, records_path(&object.name), &object.name);
    let mut resources = items.map(|(id, attributes)| attributes.map(|json| (Some(id), json)));
    let mut body = write_list(&mut call, &mut resources)?;
    body.push(b'}');
    Ok(call.body(body))
}

/// A record without a value in its unique field would match nothing: every upsert of it would make
/// another record.
fn matchable(
    record: Result<Encoded, Vec<Problem>>,
    match_on: Option<&str>,
) -> Result<Encoded, Vec<Problem>> {
    let encoded = record?;
    match match_on {
        Some(unique) if !encoded.has_unique => {
            let detail = format!("an upsert matches on `{unique}`, and it has no value");
            Err(vec![Problem::new(format!("/{unique}"), detail)])
        }
        _ => Ok(encoded),
    }
}

/// A resource to send: its id, if it has one, and its attributes.
type Resource<'r> = (Option<&'r str>, Vec<u8>);

/// `{"data":[...]`, or the problems of all records.
fn write_list(
    call: &mut Call,
    resources: &mut dyn Iterator<Item = Result<Resource<'_>, Vec<Problem>>>,
) -> Result<Vec<u8>, Error> {
    let mut body = Vec::from(b"{\"data\":[");
    let mut problems = Vec::new();
    for (index, resource) in resources.enumerate() {
        if index > 0 {
            body.push(b',');
        }
        call.records = Some(index + 1);
        match resource {
            Ok((id, attributes)) => write_resource(&mut body, call.object, id, &attributes),
            Err(found) => problems.extend(located(&format!("/data/{index}"), found)),
        }
    }
    if problems.is_empty() {
        body.push(b']');
        return Ok(body);
    }
    Err(call.error(Cause::Unsendable(problems)))
}

fn write_resource(body: &mut Vec<u8>, object: &str, id: Option<&str>, attributes: &[u8]) {
    body.extend_from_slice(b"{\"type\":");
    write_text(body, object);
    if let Some(id) = id {
        body.extend_from_slice(b",\"id\":");
        write_text(body, id);
    }
    body.extend_from_slice(b",\"attributes\":");
    body.extend_from_slice(attributes);
    body.push(b'}');
}

fn end_create(body: &mut Vec<u8>, match_on: Option<&str>) {
    if let Some(unique) = match_on {
        body.extend_from_slice(b",\"match_on\":");
        write_text(body, unique);
    }
    body.push(b'}');
}

fn write_text(body: &mut Vec<u8>, text: &str) {
    // Writing a string to memory can't fail.
    let _ = serde_json::to_writer(body, text);
}

fn unsendable(call: &Call, prefix: &str, problems: Vec<Problem>) -> Error {
    call.error(Cause::Unsendable(located(prefix, problems).collect()))
}

/// The problems of one record's attributes, seen from the document.
fn located(prefix: &str, problems: Vec<Problem>) -> impl Iterator<Item = Problem> {
    let prefix = format!("{prefix}/attributes");
    problems.into_iter().map(move |problem| problem.below(&prefix))
}
