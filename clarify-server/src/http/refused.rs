//! Requests that can't be read. The stream puts one in their place that can, so that they are
//! answered as all others are: with the error document and every header.

use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};

use super::asked::Asked;
use super::error::Refused;

/// The verb of such a request.
const VERB: &str = "REFUSED";

/// The request that stands for one that can't be read. It is the last of its connection.
pub(super) const STAND_IN: &[u8] = b"REFUSED / HTTP/1.1\r\nconnection: close\r\n\r\n";

/// The answer to a request that stands for one that can't be read; none to any other.
pub(super) fn answer(asked: &Asked, request: &Request) -> Option<Response> {
    if request.method().as_str() != VERB {
        return None;
    }
    // A client may send this verb, too: then there is nothing that was refused.
    let why = asked.connection.refusal()?;
    Some(Refused::new(why.status, why.detail).into_response())
}
