//! Whether the service can do its work. Nothing here needs the key.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::App;
use super::document::Answer;
use super::error::Refused;

pub(super) const PATH: &str = "/healthz";

/// Whoever asks waits this long at most, and less than their own limit, usually a few seconds.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn show(State(app): State<Arc<App>>) -> Response {
    if app.store.answers_within(PATIENCE).await {
        return Answer::json(StatusCode::OK, health(&app)).into_response();
    }
    Refused::new(503, "the records can't be reached").into_response()
}

/// That it can, and what a write waits for.
fn health(app: &App) -> String {
    app.store.synchronous().map_or_else(
        || r#"{"status":"ok"}"#.to_owned(),
        |synchronous| format!(r#"{{"status":"ok","synchronous":"{}"}}"#, synchronous.name()),
    )
}
