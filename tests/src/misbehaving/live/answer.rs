//! Answers as the dialect gives them.

use clarify_schema::Object;
use http::StatusCode;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::json::{self, Members};
use super::{Call, Live, body, query, record, refusal};
use crate::misbehaving::message::Response;
use crate::misbehaving::target::Operation;

/// The answer that the client gets for this one of the service.
pub(super) fn shown(live: &Live, call: &Call<'_>, mut answer: Response) -> Response {
    answer.headers.remove("clarify-matched");
    if answer.status.is_client_error() {
        return refusal::shown(live, call, answer);
    }
    if answer.status == StatusCode::NO_CONTENT {
        let deleted = Response::json(StatusCode::OK, "{}".to_owned());
        answer.headers.extend(deleted.headers);
        return Response { headers: answer.headers, ..deleted };
    }
    if let Some(document) = body::read(&answer.body) {
        answer.body =
            json::of_members(&self::document(live, call, document)).get().to_owned().into();
    }
    answer
}

fn document(live: &Live, call: &Call<'_>, mut document: Members) -> Members {
    let object: &Object = call.object;
    json::change(&mut document, "data", |data| {
        Some(json::each_record(data, |found| record::shown(live, object, found)))
    });
    let links = document.get("meta").map(|meta| links(call, meta));
    json::change(&mut document, "links", |_| links);
    if call.target.operation == Operation::List {
        document.insert("included".to_owned(), json::raw(&json!([])));
    }
    document
}

/// The links of a list, and two that lead nowhere for everything else that has some.
fn links(call: &Call<'_>, meta: &RawValue) -> Box<RawValue> {
    let meta: Value = serde_json::from_str(meta.get()).unwrap_or_default();
    let number = |name: &str| meta[name].as_u64().unwrap_or_default();
    let (limit, offset, total) = (number("limit"), number("offset"), number("total_records"));
    let is_list = call.target.operation == Operation::List;
    let to = |offset| query::link(call.path, call.target.query, limit, offset);
    let next = offset.checked_add(limit).filter(|next| is_list && *next < total).map(to);
    let previous = (is_list && offset > 0).then(|| to(offset.saturating_sub(limit)));
    json::raw(&json!({ "next": next, "prev": previous }))
}
