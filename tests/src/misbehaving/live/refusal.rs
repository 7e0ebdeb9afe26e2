//! Refusals as the dialect gives them: of a request that is invalid, one problem is told, and of a
//! batch never the record.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Call, Live};
use crate::misbehaving::chance;
use crate::misbehaving::message::Response;

/// A problem at a place of the body, as the service tells it.
pub(super) fn invalid(status: StatusCode, pointer: &str, detail: &str) -> Response {
    let error = json!({
        "status": status.as_str(),
        "title": "Invalid input",
        "detail": format!("{pointer}: {detail}"),
        "source": { "pointer": pointer },
    });
    Response::json(status, json!({ "errors": [error] }).to_string())
}

/// The refusal for this one of the service.
pub(super) fn shown(live: &Live, call: &Call<'_>, mut answer: Response) -> Response {
    let mut document: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let Some(errors) = document["errors"].as_array() else { return answer };
    let errors: Vec<_> = errors.iter().map(|error| with_shown_ids(live, call, error)).collect();
    let errors = match errors.iter().find(|error| has_status(error, answer.status)) {
        Some(first) if is_validation(answer.status) => vec![one(live, call, first)],
        _ => errors.iter().map(without_place).collect(),
    };
    document["errors"] = Value::from(errors);
    answer.body = document.to_string().into();
    answer
}

fn is_validation(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY)
}

fn has_status(error: &Value, status: StatusCode) -> bool {
    error["status"] == *status.as_str()
}

/// The first problem of a request. Of a batch, half of the refusals have a pointer without the
/// record's place, as if there were one record alone, and the others have none; the body decides
/// which, so that a batch that is sent again is refused in the same way.
fn one(live: &Live, call: &Call<'_>, error: &Value) -> Value {
    if !call.target.operation.is_bulk() {
        return error.clone();
    }
    match placeless(error) {
        Some(pointer) if chance::coin(live.seed, call.body) => at(error, &pointer),
        _ => without_place(error),
    }
}

/// `/data/3/attributes/title` as `/data/attributes/title`.
fn placeless(error: &Value) -> Option<String> {
    let rest = error.pointer("/source/pointer")?.as_str()?.strip_prefix("/data/")?;
    let (_, rest) = rest.split_once('/')?;
    Some(format!("/data/{rest}"))
}

/// The words of a problem, without the place that the service puts before them.
fn words(error: &Value) -> &str {
    let pointer = error.pointer("/source/pointer").and_then(Value::as_str).unwrap_or_default();
    let detail = error["detail"].as_str().unwrap_or_default();
    let words = detail.strip_prefix(pointer).and_then(|rest| rest.strip_prefix(": "));
    words.unwrap_or(detail)
}

fn at(error: &Value, pointer: &str) -> Value {
    let mut told = error.clone();
    told["detail"] = Value::from(format!("{pointer}: {}", words(error)));
    told["source"]["pointer"] = Value::from(pointer);
    told
}

fn without_place(error: &Value) -> Value {
    let mut told = error.clone();
    told["detail"] = Value::from(words(error));
    if let Some(members) = told.as_object_mut() {
        members.remove("source");
    }
    told
}

/// The service names ids between backticks.
fn with_shown_ids(live: &Live, call: &Call<'_>, error: &Value) -> Value {
    let mut told = error.clone();
    let prefix = call.object.id_prefix();
    let show = |part: &str| match live.ids.is_one(prefix, part) {
        true => live.ids.shown(prefix, part),
        false => part.to_owned(),
    };
    let detail = error["detail"].as_str().unwrap_or_default();
    let parts: Vec<_> = detail.split('`').map(show).collect();
    told["detail"] = Value::from(parts.join("`"));
    told
}
