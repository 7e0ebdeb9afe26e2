//! The documents that answers are made of.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::links::Links;
use crate::contract::{Empty, Terms};
use crate::engine::{Batch, Listing, Shown};

/// An answer: its status, its body, and a header at most.
pub(super) struct Answer {
    status: StatusCode,
    json: Option<String>,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Answer {
    pub(super) const fn json(status: StatusCode, json: String) -> Self {
        Self { status, json: Some(json), header: None }
    }

    pub(super) fn page(listing: Listing, links: &Links, contract: &Terms) -> Self {
        Self::json(StatusCode::OK, page(listing, links, contract))
    }

    pub(super) fn empty(empty: &Empty) -> Self {
        let status = StatusCode::from_u16(empty.status).unwrap_or(StatusCode::NO_CONTENT);
        Self { status, json: empty.body.map(str::to_owned), header: None }
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).ok();
        self.header = value.map(|value| (HeaderName::from_static(name), value));
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = match self.json {
            Some(json) => {
                let content_type = [(header::CONTENT_TYPE, "application/json")];
                (self.status, content_type, json).into_response()
            }
            None => (self.status, Body::empty()).into_response(),
        };
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

/// A page of a list.
fn page(listing: Listing, links: &Links, contract: &Terms) -> String {
    let next = listing.next().map(|offset| links.to(offset));
    let previous = listing.previous().map(|offset| links.to(offset));
    let pages = listing.pages();
    let Listing { shown: Shown { records, included }, total, limit, offset } = listing;
    let links = members([("next", next.as_deref()), ("prev", previous.as_deref())], contract);
    let included = included.as_deref().or(contract.pages_show_included.then_some(""));
    let included = included.map(|records| format!(",\"included\":[{records}]"));
    let head = format!(
        "{{\"links\":{links},\"meta\":{{\"total_records\":{total},\"total_pages\":{pages},\
         \"offset\":{offset},\"limit\":{limit}}},\"data\":["
    );
    framed(&head, records, &format!("]{}}}", included.unwrap_or_default()))
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
    let member = |(name, url): (&str, Option<&str>)| match url {
        None if contract.absent_links => None,
        url => Some(format!("\"{name}\":{}", serde_json::Value::from(url))),
    };
    let members: Vec<_> = links.into_iter().filter_map(member).collect();
    format!("{{{}}}", members.join(","))
}
