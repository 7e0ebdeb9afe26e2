//! Each answer counted, and told to the log. Neither has the key, a query, a body or a record's id;
//! the log has the workspace of those who have its key.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::Uri;
use axum::response::Response;

use super::App;
use super::metrics::Kind;
use super::stamp::{REQUEST_ID, served_verb};
use super::workspaces::{Admission, Hosted};

/// What OpenTelemetry calls a verb that is not known.
const OTHER_VERB: &str = "_OTHER";

pub(super) async fn observe<F: Future<Output = Response>>(
    app: &App,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let start = Instant::now();
    let verb = served_verb(&request).unwrap_or(OTHER_VERB);
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map(|path| path.as_str().to_owned()).unwrap_or_default();
    let uri = request.uri().clone();
    let workspace = match request.extensions().get() {
        Some(Admission::Inside(hosted)) => Some(Arc::clone(hosted)),
        _ => None,
    };
    let response = next(request).await;
    let kind = Kind { verb, route, status: response.status().as_u16() };
    log(workspace.as_deref(), &kind, start.elapsed(), &uri, &response);
    app.metrics.count(kind, start.elapsed());
    response
}

/// The names are those of OpenTelemetry's HTTP conventions where it has one.
fn log(workspace: Option<&Hosted>, kind: &Kind, time: Duration, uri: &Uri, response: &Response) {
    let id = response.headers().get(&REQUEST_ID).and_then(|id| id.to_str().ok());
    tracing::event!(
        target: "clarify_server::access",
        tracing::Level::INFO,
        http.request.method = kind.verb,
        http.route = kind.route,
        http.response.status_code = kind.status,
        http.server.request.duration = time.as_secs_f64(),
        clarify.request_id = id,
        clarify.workspace = workspace.map(|workspace| &*workspace.name),
        clarify.object = workspace.and_then(|workspace| object(workspace, uri)),
    );
}

/// The object in the path, if there is such an object: what else may stand there is nobody's
/// business.
fn object<'a>(workspace: &Hosted, uri: &'a Uri) -> Option<&'a str> {
    let (_, rest) = uri.path().split_once("/objects/")?;
    let name = rest.split('/').next()?;
    workspace.engine.object(name).is_ok().then_some(name)
}
