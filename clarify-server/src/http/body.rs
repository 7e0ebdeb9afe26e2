//! The body of a request that writes.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;

use super::error::Refused;
use super::{App, query};

/// The whole body. The parameters that every write takes are checked before it is read.
pub(super) struct Body(pub(super) Bytes);

impl FromRequest<Arc<App>> for Body {
    type Rejection = Refused;

    async fn from_request(mut request: Request, app: &Arc<App>) -> Result<Self, Refused> {
        query::check_silent(request.uri())?;
        let limit = app.body_limit;
        let too_large = || Refused::new(413, format!("the body is larger than {limit} bytes"));
        // Before it is asked for: a client may wait for that.
        if declared(&request).is_some_and(|length| length > limit as u64) {
            return Err(too_large());
        }
        DefaultBodyLimit::max(limit).apply(&mut request);
        let bytes = tokio::time::timeout(app.limits.body, Bytes::from_request(request, app)).await;
        let bytes = bytes.map_err(|_| {
            Refused::new(408, format!("the body took longer than {:?}", app.limits.body))
        })?;
        bytes.map(Self).map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => too_large(),
            _ => Refused::new(400, "the body could not be read to its end"),
        })
    }
}

fn declared(request: &Request) -> Option<u64> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
