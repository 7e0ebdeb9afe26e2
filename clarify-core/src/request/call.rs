//! One call and its answer.

use std::fmt;

use bytes::Bytes;
use clarify_schema::Text;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method};
use jiff::Timestamp;

use super::{ApiKey, Endpoint};
use crate::Error;
use crate::error::{Cause, Context};

const AGENT: &str = concat!("clarify-rust/", env!("CARGO_PKG_VERSION"));

/// One call, ready to be sent to any workspace.
#[derive(Clone)]
#[non_exhaustive]
pub struct Call {
    /// The verb.
    pub method: Method,
    /// The path below the workspace: `/objects/person/records`.
    pub path: String,
    /// The path with its parts named: `/objects/{object}/records/{id}`. Services limit the rate of
    /// each by itself.
    pub route: &'static str,
    /// The query without its `?`, escaped. Empty for most calls.
    pub query: String,
    /// The JSON to send. Empty for reads and single deletes.
    pub body: Bytes,
    /// The object that the call is about; empty where it is about the workspace.
    pub object: Text,
    /// How many records a bulk write carries, and so how many must come back.
    pub records: Option<usize>,
    /// Whether the call may be sent again once the service may have received it: done twice, it
    /// comes to the same. That is so for reads, updates by id, deletions, and upserts on a unique
    /// field; a second create would make a second record.
    pub repeatable: bool,
}

impl Call {
    pub(super) fn new(method: Method, path: String, route: &'static str, object: Text) -> Self {
        Self {
            repeatable: method != Method::POST,
            method,
            path,
            route,
            query: String::new(),
            body: Bytes::new(),
            object,
            records: None,
        }
    }

    pub(super) fn body(mut self, body: Vec<u8>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) const fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// The whole request, with its headers.
    ///
    /// # Errors
    ///
    /// When the key can't stand in a header, or the path in a URL.
    pub fn to_http(
        &self,
        endpoint: &Endpoint,
        key: &ApiKey,
    ) -> Result<http::Request<Bytes>, Error> {
        let mut request = http::Request::builder()
            .method(self.method.clone())
            .uri(self.url(endpoint))
            .header(AUTHORIZATION, key.header()?)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(USER_AGENT, HeaderValue::from_static(AGENT));
        if !self.body.is_empty() {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        request
            .body(self.body.clone())
            .map_err(|error| Error::config(format!("the request can't be made: {error}")))
    }

    /// The whole URL.
    #[must_use]
    pub fn url(&self, endpoint: &Endpoint) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        let Self { path, query, .. } = self;
        format!("{}{}{path}{mark}{query}", endpoint.origin(), endpoint.path())
    }

    /// Whether the call deletes records, alone or in bulk.
    pub(crate) fn is_deletion(&self) -> bool {
        self.method == Method::DELETE
    }

    pub(crate) fn error(&self, cause: Cause) -> Error {
        Error::new(self.context(), cause)
    }

    /// What an error says of the call.
    pub(crate) fn context(&self) -> Context {
        let Self { method, path, object, .. } = self;
        Context { method: method.clone(), path: path.clone(), object: object.clone() }
    }
}

/// The query and the body are left out: they hold people's data.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, route: _, query: _, body, object, records, repeatable } = self;
        f.debug_struct("Call")
            .field("method", method)
            .field("path", path)
            .field("object", object)
            .field("bytes", &body.len())
            .field("records", records)
            .field("repeatable", repeatable)
            .finish_non_exhaustive()
    }
}

/// What a service answered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// When it came.
    pub at: Timestamp,
    /// Whether an earlier try of the same call may have been carried out, without an answer that
    /// said so. A record that it made then looks as one that was there before.
    pub repeated: bool,
}

impl Answer {
    /// An answer without headers, that comes now.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        let headers = HeaderMap::new();
        Self { status, headers, body: body.into(), at: Timestamp::now(), repeated: false }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
