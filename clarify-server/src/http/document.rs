//! The documents that answers are made of.

use axum::body::{Body, HttpBody as _};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use clarify_attributes::push_text;

use super::links::Links;
use super::pieces::Pieces;
use crate::contract::{Empty, Terms};
use crate::engine::{Batch, Listing, Shown};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An answer: its status, its body, and a header at most.
pub(super) struct Answer {
    status: StatusCode,
    json: Json,
    header: Option<(HeaderName, HeaderValue)>,
}

/// What is in the body.
enum Json {
    Nothing,
    Whole(String),
    InPieces(Pieces),
}

impl Answer {
    pub(super) const fn json(status: StatusCode, json: String) -> Self {
        Self { status, json: Json::Whole(json), header: None }
    }

    pub(super) fn page(listing: Listing, links: &Links, contract: &Terms) -> Self {
        let (head, records) = page(listing, links, contract);
        Pieces::from([head, records]).into()
    }

    pub(super) fn empty(empty: &Empty) -> Self {
        let status = StatusCode::from_u16(empty.status).unwrap_or(StatusCode::NO_CONTENT);
        let json = empty.body.map_or(Json::Nothing, |body| Json::Whole(body.to_owned()));
        Self { status, json, header: None }
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).ok();
        self.header = value.map(|value| (HeaderName::from_static(name), value));
        self
    }
}

/// The answer to a read.
impl From<Pieces> for Answer {
    fn from(json: Pieces) -> Self {
        Self { status: StatusCode::OK, json: Json::InPieces(json), header: None }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let body = match self.json {
            Json::Nothing => Body::empty(),
            Json::Whole(json) => Body::from(json),
            Json::InPieces(pieces) => Body::new(pieces),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        if response.body().size_hint().exact() != Some(0) {
            response.headers_mut().insert(header::CONTENT_TYPE, JSON);
        }
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

/// One resource, or a list of some that is no page.
pub(super) fn single(data: &str) -> String {
    format!("{{\"data\":{data}}}")
}

/// One record, with those that were included.
pub(super) fn record(shown: Shown) -> String {
    let Shown { records, included } = shown;
    match included {
        Some(included) => framed("{\"data\":", records, &format!(",\"included\":[{included}]}}")),
        None => framed("{\"data\":", records, "}"),
    }
}

/// What is shown may be long: it is moved, and not copied into another text.
fn framed(head: &str, mut shown: String, tail: &str) -> String {
    shown.reserve(head.len() + tail.len());
    shown.insert_str(0, head);
    shown.push_str(tail);
    shown
}

/// One record in the form that always has `included`.
pub(super) fn resource(shown: &Shown) -> String {
    let (record, included) = (&shown.records, shown.included.as_deref().unwrap_or_default());
    format!("{{\"data\":{record},\"included\":[{included}],\"meta\":{{}}}}")
}

/// Every record of a bulk write, as one page.
pub(super) fn bulk(batch: Batch, contract: &Terms) -> String {
    let Batch { records, count } = batch;
    let links = members([("next", None), ("prev", None)], contract);
    let head = format!(
        "{{\"links\":{links},\"meta\":{{\"total_records\":{count},\"total_pages\":1,\
         \"offset\":0,\"limit\":{count}}},\"data\":["
    );
    framed(&head, records, "]}")
}

/// A page of a list: its head, and its records with what follows them.
fn page(listing: Listing, links: &Links, contract: &Terms) -> (String, String) {
    let next = listing.next().map(|offset| links.to(offset));
    let previous = listing.previous().map(|offset| links.to(offset));
    let pages = listing.pages();
    let Listing { shown: Shown { mut records, included }, total, limit, offset } = listing;
    let links = members([("next", next.as_deref()), ("prev", previous.as_deref())], contract);
    let included = included.as_deref().or(contract.pages_show_included.then_some(""));
    let included = included.map(|records| format!(",\"included\":[{records}]"));
    let head = format!(
        "{{\"links\":{links},\"meta\":{{\"total_records\":{total},\"total_pages\":{pages},\
         \"offset\":{offset},\"limit\":{limit}}},\"data\":["
    );
    records.extend(["]", included.as_deref().unwrap_or_default(), "}"]);
    (head, records)
}

/// A page of schemas. It has no page before it: cursors only go forward.
pub(super) fn schemas(
    resources: &[serde_json::Value],
    next: Option<&str>,
    contract: &Terms,
) -> String {
    let resources: Vec<_> = resources.iter().map(ToString::to_string).collect();
    let links = members([("next", next)], contract);
    format!("{{\"links\":{links},\"data\":[{}]}}", resources.join(","))
}

fn members<const N: usize>(links: [(&str, Option<&str>); N], contract: &Terms) -> String {
    let mut json = "{".to_owned();
    for (name, url) in links {
        if url.is_none() && contract.absent_links {
            continue;
        }
        json.extend([if json.len() > 1 { ",\"" } else { "\"" }, name, "\":"]);
        match url {
            Some(url) => push_text(&mut json, url),
            None => json.push_str("null"),
        }
    }
    json.push('}');
    json
}
