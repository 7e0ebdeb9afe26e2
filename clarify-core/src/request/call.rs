//! One call and its answer.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method};

use super::{ApiKey, Endpoint};
use crate::Error;
use crate::error::{Cause, Context};

const AGENT: &str = concat!("clarify-rust/", env!("CARGO_PKG_VERSION"));

/// One call, ready to be sent to any workspace.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Call {
    /// The verb.
    pub method: Method,
    /// The path below the workspace: `/objects/person/records`.
    pub path: String,
    /// The query without its `?`, escaped. Empty for most calls.
    pub query: String,
    /// The JSON to send. Empty for reads and single deletes.
    pub body: Bytes,
    /// The object that the call is about.
    pub object: &'static str,
    /// How many records a bulk write carries, and so how many must come back.
    pub records: Option<usize>,
}

impl Call {
    pub(super) fn new(method: Method, path: String, object: &'static str) -> Self {
        Self { method, path, query: String::new(), body: Bytes::new(), object, records: None }
    }

    pub(super) fn body(mut self, body: Vec<u8>) -> Self {
        self.body = body.into();
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
        let mark = if self.query.is_empty() { "" } else { "?" };
        let Self { path, query, .. } = self;
        let uri = format!("{}{}{path}{mark}{query}", endpoint.origin(), endpoint.path());
        let mut request = http::Request::builder()
            .method(self.method.clone())
            .uri(uri)
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

    pub(crate) fn error(&self, cause: Cause) -> Error {
        let Self { method, path, object, .. } = self;
        Error::new(Context { method: method.clone(), path: path.clone(), object }, cause)
    }
}

/// What a service answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl Answer {
    /// An answer without headers.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, headers: HeaderMap::new(), body: body.into() }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
