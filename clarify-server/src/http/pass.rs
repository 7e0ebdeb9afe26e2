//! What a request goes through on its way to who answers it, and its answer on the way back.
//!
//! What has to be done before and behind is told here one after the other. Were each put around the
//! next, each would keep the request once more, and all of that be moved for every request.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::Method;
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;

use super::asked::Asked;
use super::connection::Connection;
use super::error::Refused;
use super::observe::Observed;
use super::router::Router;
use super::stamp::Stamp;
use super::{answers, auth, faults, journal, refused, room};

pub(super) async fn pass(
    router: &Router,
    connection: &Arc<Connection>,
    mut request: Request,
) -> Response {
    let app = &*router.app;
    let asked = &*Asked::of(&mut request, router, connection);
    let _under_way = journal::enter(asked).await;
    let (request, note) = journal::keep(asked, request);
    let observed = Observed::begin(&request);
    let stamp = Stamp::of(app, asked, &request);
    let mut response = match stamp.refusal() {
        Some(refused) => refused,
        // An answer also where a mistake in the service leaves none.
        None => AssertUnwindSafe(answer(router, asked, request))
            .catch_unwind()
            .await
            .unwrap_or_else(panicked),
    };
    stamp.put(response.headers_mut());
    observed.end(app, asked, &response);
    if let Some(note) = note {
        note.answered(response.status().as_u16());
    }
    response
}

/// The answer of who is asked, if the request may get there.
async fn answer(router: &Router, asked: &Asked, request: Request) -> Response {
    let refused = refused::answer(asked, &request);
    if let Some(refused) = refused.or_else(|| auth::turn_away(asked, &request)) {
        return refused;
    }
    let is_read = request.method() == Method::GET;
    let harms = faults::harms(&router.app, asked, &request);
    if !harms.is_empty()
        && let Some(answer) = Box::pin(faults::before(&harms, &asked.connection)).await
    {
        return answer;
    }
    let response = answers::answer(router, asked, request).await;
    let response = room::hold(&router.app, is_read, response).await;
    faults::after(&harms, &asked.connection).await;
    response
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!(target: "clarify_server", "a request panicked");
    Refused::new(500, "the request failed in a way that was not foreseen").into_response()
}
