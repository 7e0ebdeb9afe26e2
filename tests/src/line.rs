//! How requests get to a service.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use clarify_core::transport::{Sending, Transport, TransportError};
use http::{Method, Response};

use crate::conformance::Ledger;

/// The longest that an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often a request that was refused with 429 is sent.
const TRIES: usize = 5;

/// The way to a service, for plain requests and for the typed client.
#[derive(Clone, Debug, Default)]
pub struct Line {
    http: reqwest::Client,
    ledger: Option<Arc<Ledger>>,
}

impl Line {
    /// A line whose ledger notes what comes into being at its other end. It heeds the service's
    /// rate limits.
    #[must_use]
    pub fn noted(ledger: Arc<Ledger>) -> Self {
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build();
        Self { http: http.expect("the HTTP client can be set up"), ledger: Some(ledger) }
    }

    /// A request, to be changed and sent.
    pub fn request(&self, method: Method, url: &str) -> Request {
        Request { line: self.clone(), builder: self.http.request(method, url) }
    }

    async fn send(&self, request: reqwest::Request) -> Result<Response<Bytes>, reqwest::Error> {
        match &self.ledger {
            None => whole(self.http.execute(request).await?).await,
            Some(ledger) => send_noted(self.http.clone(), Arc::clone(ledger), request).await,
        }
    }
}

/// A request that has not been sent yet.
#[must_use]
pub struct Request {
    line: Line,
    builder: reqwest::RequestBuilder,
}

impl Request {
    /// Adds a header.
    pub fn header(self, name: &str, value: impl Into<String>) -> Self {
        Self { builder: self.builder.header(name, value.into()), ..self }
    }

    /// Sets the body.
    pub fn body(self, body: impl Into<reqwest::Body>) -> Self {
        Self { builder: self.builder.body(body), ..self }
    }

    pub(crate) async fn send(self) -> Result<Response<Bytes>, reqwest::Error> {
        self.line.send(self.builder.build()?).await
    }
}

async fn whole(mut response: reqwest::Response) -> Result<Response<Bytes>, reqwest::Error> {
    let mut answer = Response::new(Bytes::new());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    *answer.body_mut() = response.bytes().await?;
    Ok(answer)
}

/// Sends a request in a task of its own: what was sent is noted also where nobody waits for the
/// answer any more.
async fn send_noted(
    http: reqwest::Client,
    ledger: Arc<Ledger>,
    request: reqwest::Request,
) -> Result<Response<Bytes>, reqwest::Error> {
    let entry = ledger.open(&request);
    let task = tokio::spawn(async move {
        let answer = send_gently(&http, request).await;
        entry.close(answer.as_ref().ok());
        answer
    });
    task.await.expect("a request does not panic")
}

/// Sends a request once more where there was no room for it, and waits where there is none left.
async fn send_gently(
    http: &reqwest::Client,
    request: reqwest::Request,
) -> Result<Response<Bytes>, reqwest::Error> {
    for _ in 1..TRIES {
        let Some(copy) = request.try_clone() else { break };
        let answer = whole(http.execute(copy).await?).await?;
        let seconds = |name| {
            let text = answer.headers().get(name)?.to_str().ok()?;
            text.parse::<u64>().ok()
        };
        let reset = seconds("x-ratelimit-reset").unwrap_or(1);
        let wait = |seconds: u64| tokio::time::sleep(Duration::from_secs(seconds.clamp(1, 90)));
        if answer.status() != http::StatusCode::TOO_MANY_REQUESTS {
            if seconds("x-ratelimit-remaining") == Some(0) {
                wait(reset).await;
            }
            return Ok(answer);
        }
        wait(seconds("retry-after").unwrap_or(reset)).await;
    }
    whole(http.execute(request).await?).await
}

impl Transport for Line {
    fn send(&self, request: http::Request<Bytes>) -> Sending<'_> {
        Box::pin(async move {
            let unsent = |error: reqwest::Error| TransportError::not_sent(error);
            let request = request.try_into().map_err(unsent)?;
            let failure = |error: reqwest::Error| {
                let error = error.without_url();
                match (error.is_connect(), error.is_timeout()) {
                    (true, _) => TransportError::not_sent(error),
                    (false, true) => TransportError::timed_out(error),
                    (false, false) => TransportError::broken(error),
                }
            };
            Line::send(self, request).await.map_err(failure)
        })
    }
}
