//! Requests that can't be read. The stream puts one in their place that can, so that they are
//! answered as all others are: with the error document and every header.

use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::connection::Connection;
use super::error::Refused;

/// The verb of such a request.
const VERB: &str = "REFUSED";

/// The request that stands for one that can't be read. It is the last of its connection.
pub(super) const STAND_IN: &[u8] = b"REFUSED / HTTP/1.1\r\nconnection: close\r\n\r\n";

pub(super) async fn answer(request: Request, next: Next) -> Response {
    let connection = request.extensions().get::<Arc<Connection>>();
    // A client may send this verb, too: then there is nothing that was refused.
    let is_stand_in = request.method().as_str() == VERB;
    match connection.filter(|_| is_stand_in).and_then(|connection| connection.refusal()) {
        Some(why) => Refused::new(why.status, why.detail).into_response(),
        None => next.run(request).await,
    }
}
