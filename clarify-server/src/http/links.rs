//! The links from one page to the next.

use axum::http::{HeaderMap, Uri, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::App;
use crate::engine::Parameter;

/// Brackets stay as they are: that is how the API writes them.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'[').remove(b']');

/// What says which page it is.
const PAGE: [&str; 3] = ["page[limit]", "page[offset]", "page[cursor]"];

/// Makes the links of one request's pages.
pub(super) struct Links {
    /// Up to where the page's parameters begin.
    start: String,
    limit: u64,
}

impl Links {
    pub(super) fn new(
        app: &App,
        uri: &Uri,
        headers: &HeaderMap,
        parameters: &[Parameter],
        limit: u64,
    ) -> Self {
        let mut start = base(app, headers);
        start.push_str(uri.path());
        start.push('?');
        let others = parameters.iter().filter(|parameter| !PAGE.contains(&&*parameter.name));
        for Parameter { name, value } in others {
            start.extend(utf8_percent_encode(name, ENCODED));
            start.push('=');
            start.extend(utf8_percent_encode(value, ENCODED));
            start.push('&');
        }
        Self { start, limit }
    }

    pub(super) fn to(&self, offset: u64) -> String {
        format!("{}page[limit]={}&page[offset]={offset}", self.start, self.limit)
    }

    /// The link to the page after the one that ends with this.
    pub(super) fn after(&self, cursor: &str) -> String {
        let cursor = utf8_percent_encode(cursor, ENCODED);
        format!("{}page[limit]={}&page[cursor]={cursor}", self.start, self.limit)
    }
}

fn base(app: &App, headers: &HeaderMap) -> String {
    if let Some(url) = &app.public_url {
        return url.clone();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    match host.filter(|host| !host.is_empty()) {
        Some(host) => format!("http://{host}"),
        None => format!("http://{}", app.addr),
    }
}
