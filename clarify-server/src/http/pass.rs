//! What a request goes through on its way to who answers it, and its answer on the way back.
//!
//! To the router it is one layer. Of several, each would copy the ones below it, and the path's own
//! service, for every request.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;

use super::error::Refused;
use super::{App, auth, faults, journal, observe, refused, room, stamp};

pub(super) async fn pass(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let app = &*app;
    auth::admit(app, &mut request);
    let answer = |request| whatever_happens(answer(app, request, next));
    let stamped = |request| stamp::stamp(app, request, answer);
    let observed = |request| observe::observe(app, request, stamped);
    journal::keep(request, observed).await
}

/// The answer of who is asked, if the request may get there.
async fn answer(app: &App, mut request: Request, next: Next) -> Response {
    if let Some(refused) = refused::answer(&request).or_else(|| auth::turn_away(&request)) {
        return refused;
    }
    DefaultBodyLimit::max(app.body_limit).apply(&mut request);
    faults::befall(app, request, |request| room::hold(app, request, |request| next.run(request)))
        .await
}

/// An answer also where a mistake in the service leaves none.
async fn whatever_happens(answer: impl Future<Output = Response>) -> Response {
    AssertUnwindSafe(answer).catch_unwind().await.unwrap_or_else(panicked)
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!(target: "clarify_server", "a request panicked");
    Refused::new(500, "the request failed in a way that was not foreseen").into_response()
}
