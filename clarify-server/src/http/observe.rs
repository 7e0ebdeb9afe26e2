//! Each answer counted, and told to the log. Neither has the key, a query, a body or a record's id;
//! the log has the workspace of those who have its key.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::Uri;
use axum::response::Response;

use super::App;
use super::asked::Asked;
use super::metrics::Kind;
use super::stamp::{REQUEST_ID, served_verb};
use super::workspaces::Hosted;

/// What OpenTelemetry calls a verb that is not known.
const OTHER_VERB: &str = "_OTHER";

/// A request whose answer is waited for.
pub(super) struct Observed {
    start: Instant,
    verb: &'static str,
    /// Where it is to be told to the log.
    uri: Option<Uri>,
}

impl Observed {
    pub(super) fn begin(request: &Request) -> Self {
        let verb = served_verb(request).unwrap_or(OTHER_VERB);
        let uri = is_logged().then(|| request.uri().clone());
        Self { start: Instant::now(), verb, uri }
    }

    pub(super) fn end(self, app: &App, asked: &Asked, response: &Response) {
        let Self { start, verb, uri } = self;
        let time = start.elapsed();
        let route = asked.route.as_ref().map(|route| Arc::clone(&route.path));
        let kind = Kind { verb, route, status: response.status().as_u16() };
        if let Some(uri) = uri {
            log(asked, &kind, time, &uri, response);
        }
        app.metrics.count(kind, time);
    }
}

fn is_logged() -> bool {
    tracing::enabled!(target: "clarify_server::access", tracing::Level::INFO)
}

/// The names are those of OpenTelemetry's HTTP conventions where it has one.
fn log(asked: &Asked, kind: &Kind, time: Duration, uri: &Uri, response: &Response) {
    let workspace = asked.workspace();
    let id = response.headers().get(&REQUEST_ID).and_then(|id| id.to_str().ok());
    tracing::event!(
        target: "clarify_server::access",
        tracing::Level::INFO,
        http.request.method = kind.verb,
        http.route = kind.route(),
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
