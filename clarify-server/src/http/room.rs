//! Room for answers while they are sent: whoever asks for much and takes nothing of it holds up
//! others who ask for much, and nobody else.

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::Method;
use axum::response::{IntoResponse as _, Response};

use super::App;
use super::error::Refused;
use crate::engine::Refusal;
use crate::store::{Share, UNCOUNTED};

/// An answer's body and its share of the room.
struct Held(Bytes, #[expect(dead_code, reason = "it is held until the body is sent")] Share);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Lets an answer be sent where there is room for it. What a write has done is told anyhow.
pub(super) async fn hold<F: Future<Output = Response>>(
    app: &App,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let is_read = request.method() == Method::GET;
    let response = next(request).await;
    if response.body().size_hint().exact().is_some_and(|length| length <= UNCOUNTED as u64) {
        return response;
    }
    let (parts, body) = response.into_parts();
    // Every answer is there as a whole.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Refused::new(500, "the answer could not be put together").into_response();
    };
    let share = Share::of(app.counts.room());
    match share.take(bytes.len()) {
        Err(error) if is_read => Refused::from(Refusal::from(error)).into_response(),
        Err(_) => {
            share.take_anyhow(bytes.len());
            Response::from_parts(parts, Body::from(Bytes::from_owner(Held(bytes, share))))
        }
        Ok(()) => Response::from_parts(parts, Body::from(Bytes::from_owner(Held(bytes, share)))),
    }
}
