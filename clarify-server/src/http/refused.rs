//! Requests that can't be read. The stream puts one in their place that can, so that they are
//! answered as all others are: with the error document and every header.

use std::sync::Arc;

use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};

use super::connection::Connection;
use super::error::Refused;

/// The verb of such a request.
const VERB: &str = "REFUSED";

/// The request that stands for one that can't be read. It is the last of its connection.
pub(super) const STAND_IN: &[u8] = b"REFUSED / HTTP/1.1\r\nconnection: close\r\n\r\n";

/// The answer to a request that stands for one that can't be read; none to any other.
pub(super) fn answer(request: &Request) -> Option<Response> {
    let connection = request.extensions().get::<Arc<Connection>>();
    // A client may send this verb, too: then there is nothing that was refused.
    let is_stand_in = request.method().as_str() == VERB;
    let why = connection.filter(|_| is_stand_in).and_then(|connection| connection.refusal())?;
    Some(Refused::new(why.status, why.detail).into_response())
}
