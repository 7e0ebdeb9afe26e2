//! The documents that answers are made of.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::contract::{Empty, Terms};
use crate::engine::Listing;

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

/// Every record of a bulk write, as one page.
pub(super) fn bulk(records: &[String], contract: &Terms) -> String {
    let count = records.len();
    let links = links(None, None, contract);
    let mut json = format!(
        "{{\"links\":{links},\"meta\":{{\"total_records\":{count},\"total_pages\":1,\
         \"offset\":0,\"limit\":{count}}},\"data\":["
    );
    json.push_str(&records.join(","));
    json.push_str("]}");
    json
}

/// A page of a list.
pub(super) fn page(
    listing: &Listing,
    next: Option<&str>,
    previous: Option<&str>,
    contract: &Terms,
) -> String {
    let Listing { records, total, limit, offset } = listing;
    let (links, pages) = (links(next, previous, contract), listing.pages());
    format!(
        "{{\"links\":{links},\"meta\":{{\"total_records\":{total},\"total_pages\":{pages},\
         \"offset\":{offset},\"limit\":{limit}}},\"data\":[{records}]}}"
    )
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

fn links(next: Option<&str>, previous: Option<&str>, contract: &Terms) -> String {
    members([("next", next), ("prev", previous)], contract)
}

fn members<const N: usize>(links: [(&str, Option<&str>); N], contract: &Terms) -> String {
    let member = |(name, url): (&str, Option<&str>)| match url {
        None if contract.absent_links => None,
        url => Some(format!("\"{name}\":{}", serde_json::Value::from(url))),
    };
    let members: Vec<_> = links.into_iter().filter_map(member).collect();
    format!("{{{}}}", members.join(","))
}
