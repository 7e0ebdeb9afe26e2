//! What `tracing` is told, under OpenTelemetry's names for HTTP clients.
//!
//! A span for each try. The query is not in it, as it may hold people's data, nor is the path, which
//! may hold an id; `url.template` has the route.

use std::time::Duration;

use tracing::field::{Empty, display};
use tracing::{Span, debug, debug_span};

use crate::Error;
use crate::request::{Answer, Call, Endpoint};

pub(super) fn span(call: &Call, endpoint: &Endpoint, resend_count: u32) -> Span {
    let Call { method, route, object, .. } = call;
    let resend_count = (resend_count > 0).then_some(resend_count);
    let span = debug_span!(
        "clarify",
        "otel.name" = Empty,
        "otel.kind" = "client",
        "otel.status_code" = Empty,
        "http.request.method" = Empty,
        "http.request.resend_count" = resend_count,
        "http.response.status_code" = Empty,
        "url.template" = route,
        "server.address" = Empty,
        "server.port" = Empty,
        "error.type" = Empty,
        "clarify.object" = &**object,
    );
    // Texts are put together only for a subscriber that listens.
    if !span.is_disabled() {
        span.record("otel.name", display(format_args!("{method} {route}")));
        span.record("http.request.method", method.as_str());
        span.record("server.address", endpoint.host());
        span.record("server.port", endpoint.port());
    }
    span
}

pub(super) fn answered(answer: &Answer) {
    Span::current().record("http.response.status_code", answer.status);
}

pub(super) fn failed(error: Error) -> Error {
    let span = Span::current();
    if !span.is_disabled() {
        span.record("error.type", error.kind());
        span.record("otel.status_code", "ERROR");
    }
    error
}

pub(super) fn retry(error: &Error, wait: Duration) {
    debug!(%error, wait_ms = wait.as_millis(), "trying again");
}
