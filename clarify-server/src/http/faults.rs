//! Requests that fail on purpose.

use std::future::pending;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse as _, Response};

use super::App;
use super::connection::Connection;
use super::error::Refused;
use super::workspaces::Admission;
use crate::fault::{Harm, Rule};

pub(super) async fn befall<F: Future<Output = Response>>(
    app: &App,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let harms = harms(app, &request);
    if harms.is_empty() {
        return next(request).await;
    }
    let connection = request.extensions().get::<Arc<Connection>>().cloned();
    tokio::time::sleep(latency(&harms)).await;
    match harms.iter().find(|harm| !matches!(harm, Harm::Latency(_))) {
        Some(Harm::Status(status)) => refuse(*status),
        Some(Harm::CutBefore) => cut(connection).await,
        Some(Harm::CutAfter) => {
            // Its answer is for nobody.
            let _ = next(request).await;
            cut(connection).await
        }
        _ => next(request).await,
    }
}

/// Who watches the service is spared.
fn harms(app: &App, request: &Request) -> Vec<Harm> {
    let (verb, path) = (request.method().as_str(), request.uri().path());
    if !path.starts_with("/v1/") {
        return Vec::new();
    }
    let pattern = request.extensions().get::<MatchedPath>().map_or("", |path| path.as_str());
    // Each counts the request, whatever the others do.
    let strike = |rule: &Rule| rule.strike(verb, path, pattern);
    let mut harms: Vec<_> = app.faults.iter().filter_map(strike).collect();
    if let Some(Admission::Inside(workspace)) = request.extensions().get() {
        let faults = workspace.faults.read().unwrap_or_else(PoisonError::into_inner);
        harms.extend(faults.iter().filter_map(strike));
    }
    harms
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
async fn cut(connection: Option<Arc<Connection>>) -> Response {
    if let Some(connection) = connection {
        connection.cut();
    }
    pending().await
}
