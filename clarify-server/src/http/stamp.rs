//! The headers that every answer carries.

use std::time::Duration;

use axum::extract::Request;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use ulid::{ULID_LEN, Ulid};

use super::asked::Asked;
use super::error::Refused;
use super::rate::Usage;
use super::{App, health, metrics};

pub(super) static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
static LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
static REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
static RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

const LONGEST_REQUEST_ID: usize = 128;

/// A request's id and the state of its rate limit, whatever the answer is.
pub(super) struct Stamp {
    /// None where the client gave none.
    id: Option<HeaderValue>,
    usage: Usage,
}

impl Stamp {
    pub(super) fn of(app: &App, asked: &Asked, request: &Request) -> Self {
        Self { id: request_id(request.headers()), usage: usage(app, asked, request) }
    }

    /// The answer to a request that is one too many.
    pub(super) fn refusal(&self) -> Option<Response> {
        self.usage.is_over.then(|| too_many(&self.usage))
    }

    pub(super) fn put(self, headers: &mut HeaderMap) {
        let Self { id, usage } = self;
        let made = || HeaderValue::from_str(Ulid::generate().array_to_str(&mut [0; ULID_LEN])).ok();
        if let Some(id) = id.or_else(made) {
            headers.insert(&REQUEST_ID, id);
        }
        headers.insert(&LIMIT, usage.limit.into());
        headers.insert(&REMAINING, usage.remaining.into());
        headers.insert(&RESET, usage.reset.into());
    }
}

/// Whoever watches the service is never refused.
fn usage(app: &App, asked: &Asked, request: &Request) -> Usage {
    match (asked.pattern(), asked.workspace()) {
        (health::PATH | metrics::PATH, _) => app.strangers.all(),
        (_, Some(workspace)) => workspace.count(|| endpoint(asked, request)),
        _ => app.strangers.count(|| endpoint(asked, request), || Duration::ZERO),
    }
}

fn too_many(usage: &Usage) -> Response {
    let detail = format!("more than {} requests in a minute: too many", usage.limit);
    let mut response = Refused::new(429, detail).into_response();
    response.headers_mut().insert(RETRY_AFTER, usage.reset.into());
    response
}

/// The id that the client gave, if it can stand in a log.
fn request_id(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get(&REQUEST_ID)?;
    let text = id.to_str().ok()?;
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(&byte);
    let fits = (1..=LONGEST_REQUEST_ID).contains(&text.len());
    (fits && text.bytes().all(good)).then(|| id.clone())
}

/// The verb and the path's pattern. Verbs and paths that are not served share one name, so that
/// nobody makes up new ones to count.
fn endpoint(asked: &Asked, request: &Request) -> String {
    match (served_verb(request), &asked.route) {
        (Some(verb), Some(route)) => format!("{verb} {}", route.path),
        _ => String::new(),
    }
}

/// The request's verb, if any path takes it.
pub(super) fn served_verb(request: &Request) -> Option<&'static str> {
    let verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    verbs.into_iter().find(|verb| *verb == request.method().as_str())
}
