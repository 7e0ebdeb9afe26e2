//! The transport that is built in: reqwest, which stays inside this file.

use std::fmt::Display;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use url::Url;

use super::{Sending, Transport, TransportError};
use crate::Error;
use crate::request::Endpoint;

/// The longest answer that is read. A page of 1,000 records is a few megabytes.
const LONGEST_ANSWER: usize = 256 << 20;

#[derive(Debug)]
pub(crate) struct Reqwest {
    client: reqwest::Client,
    /// Where all requests go. A host is looked at more closely than all else of a URL, so that is
    /// done once, and each request has its path set.
    origin: Url,
}

impl Reqwest {
    pub(crate) fn new(
        endpoint: &Endpoint,
        timeout: Duration,
        connect_timeout: Duration,
    ) -> Result<Self, Error> {
        let bad = |error: &dyn Display| {
            Error::config(format!("the HTTP client can't be set up: {error}"))
        };
        let origin = Url::parse(endpoint.origin()).map_err(|error| bad(&error))?;
        let builder = reqwest::Client::builder();
        // To a proxy, a request over plain http shows the key; one over TLS is a tunnel.
        let builder = if endpoint.is_plain() { builder.no_proxy() } else { builder };
        let client = builder
            .timeout(timeout)
            .connect_timeout(connect_timeout)
            // A redirect could take the key to another host, or a write to a place that reads.
            .redirect(reqwest::redirect::Policy::none())
            // What may be repeated is known here, and not to an HTTP library.
            .retry(reqwest::retry::never())
            .build()
            .map_err(|error| bad(&error))?;
        Ok(Self { client, origin })
    }

    fn request(&self, request: http::Request<Bytes>) -> reqwest::Request {
        let (head, body) = request.into_parts();
        let mut url = self.origin.clone();
        url.set_path(head.uri.path());
        url.set_query(head.uri.query());
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(body.into());
        request
    }
}

async fn send(
    client: &reqwest::Client,
    request: reqwest::Request,
) -> Result<http::Response<Bytes>, TransportError> {
    let mut response = client.execute(request).await.map_err(failure)?;
    let mut answer = http::Response::new(Bytes::new());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    *answer.body_mut() = body(response).await?;
    Ok(answer)
}

async fn body(mut response: reqwest::Response) -> Result<Bytes, TransportError> {
    let first = response.chunk().await.map_err(failure)?.unwrap_or_default();
    let Some(second) = response.chunk().await.map_err(failure)? else { return Ok(first) };
    let mut body = BytesMut::from(first);
    let mut next = Some(second);
    while let Some(chunk) = next {
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST_ANSWER {
            return Err(TransportError::broken("the answer has no end"));
        }
        next = response.chunk().await.map_err(failure)?;
    }
    Ok(body.freeze())
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Bytes>) -> Sending<'_> {
        Box::pin(send(&self.client, self.request(request)))
    }
}

fn failure(error: reqwest::Error) -> TransportError {
    // The URL may hold what is filtered by, and the error has its call already.
    let error = error.without_url();
    match (error.is_connect(), error.is_timeout()) {
        (true, _) => TransportError::not_sent(error),
        (false, true) => TransportError::timed_out(error),
        (false, false) => TransportError::broken(error),
    }
}
