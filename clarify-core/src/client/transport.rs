//! The connection: reqwest, which stays inside this file.

use std::time::Duration;

use bytes::Bytes;

use crate::Error;
use crate::error::Cause;
use crate::request::{Answer, Endpoint};

pub(super) struct Transport(reqwest::Client);

impl Transport {
    pub(super) fn new(
        endpoint: &Endpoint,
        timeout: Duration,
        connect_timeout: Duration,
    ) -> Result<Self, Error> {
        let builder = reqwest::Client::builder();
        // To a proxy, a request over plain http shows the key; one over TLS is a tunnel.
        let builder = if endpoint.is_plain() { builder.no_proxy() } else { builder };
        builder
            .timeout(timeout)
            .connect_timeout(connect_timeout)
            // A redirect could take the key to another host, or a write to a place that reads.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map(Self)
            .map_err(|error| Error::config(format!("the HTTP client can't be set up: {error}")))
    }

    pub(super) async fn send(&self, request: http::Request<Bytes>) -> Result<Answer, Cause> {
        let request = request.try_into().map_err(cause)?;
        let response = self.0.execute(request).await.map_err(cause)?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.bytes().await.map_err(cause)?;
        Ok(Answer { status, headers, body })
    }
}

fn cause(error: reqwest::Error) -> Cause {
    // The URL may hold what is filtered by, and the error has its call already.
    let error = error.without_url();
    let (connect, timeout) = (error.is_connect(), error.is_timeout());
    let source = Box::new(error);
    match (connect, timeout) {
        (true, _) => Cause::Connect(source),
        (false, true) => Cause::Timeout(source),
        (false, false) => Cause::Broken(source),
    }
}
