//! Requests that fail on purpose.

use std::future::pending;
use std::sync::PoisonError;
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse as _, Response};
use futures_timer::Delay;

use super::App;
use super::asked::Asked;
use super::connection::Connection;
use super::error::Refused;
use crate::fault::{Harm, Rule};

/// What befalls a request. Who watches the service is spared.
pub(super) fn harms(app: &App, asked: &Asked, request: &Request) -> Vec<Harm> {
    let (verb, path) = (request.method().as_str(), request.uri().path());
    if !path.starts_with("/v1/") {
        return Vec::new();
    }
    // Each counts the request, whatever the others do.
    let strike = |rule: &Rule| rule.strike(verb, path, asked.pattern());
    let mut harms: Vec<_> = app.faults.iter().filter_map(strike).collect();
    if let Some(workspace) = asked.workspace() {
        let faults = workspace.faults.read().unwrap_or_else(PoisonError::into_inner);
        harms.extend(faults.iter().filter_map(strike));
    }
    harms
}

/// What befalls a request before it is answered; or instead of an answer, which is then this.
pub(super) async fn before(harms: &[Harm], connection: &Connection) -> Option<Response> {
    let latency = latency(harms);
    if !latency.is_zero() {
        // Tokio's timer goes by the millisecond: it is late, and what waits for the same one goes on in
        // a bunch.
        Delay::new(latency).await;
    }
    match first(harms)? {
        Harm::Status(status) => Some(refuse(*status)),
        Harm::CutBefore => cut(connection).await,
        _ => None,
    }
}

/// What befalls an answer, which then is for nobody.
pub(super) async fn after(harms: &[Harm], connection: &Connection) {
    if let Some(Harm::CutAfter) = first(harms) {
        cut(connection).await
    }
}

fn first(harms: &[Harm]) -> Option<&Harm> {
    harms.iter().find(|harm| !matches!(harm, Harm::Latency(_)))
}

fn latency(harms: &[Harm]) -> Duration {
    let time = |harm: &Harm| match harm {
        Harm::Latency(time) => *time,
        _ => Duration::ZERO,
    };
    harms.iter().map(time).fold(Duration::ZERO, Duration::saturating_add)
}

fn refuse(status: u16) -> Response {
    let mut response = Refused::new(status, "a fault that the service was told of").into_response();
    if matches!(status, 429 | 503) {
        response.headers_mut().insert(RETRY_AFTER, 1.into());
    }
    response
}

/// Ends the connection, and with it this.
async fn cut<T>(connection: &Connection) -> T {
    connection.cut();
    pending().await
}
