//! What `tracing` is told, under OpenTelemetry's names for HTTP clients.
//!
//! A span for each try. The query is not in it, as it may hold people's data, nor is the path, which
//! may hold an id; `url.template` has the route. The whole URL is told at the level of `TRACE` alone.

use std::time::Duration;

use tracing::field::{Empty, display};
use tracing::{Span, debug, debug_span, trace};

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

/// Told inside the span of its try.
pub(super) fn sending(call: &Call, endpoint: &Endpoint) {
    trace!("url.full" = call.url(endpoint), "sending");
}

pub(super) fn answered(span: &Span, answer: &Answer) {
    span.record("http.response.status_code", answer.status);
}

pub(super) fn failed(span: &Span, error: &Error) {
    if !span.is_disabled() {
        span.record("error.type", error.kind());
        span.record("otel.status_code", "ERROR");
    }
}

/// What the error says in words may hold people's data, so it is not told here.
pub(super) fn retry(call: &Call, error: &Error, wait: Duration) {
    let Call { method, route, .. } = call;
    let (kind, status, wait_ms) = (error.kind(), error.status(), wait.as_millis());
    debug!(%method, route, error.kind = kind, status, wait_ms, "trying again");
}
