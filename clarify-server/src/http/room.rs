//! Room for answers while they are sent: whoever asks for much and takes nothing of it holds up
//! others who ask for much, and nobody else.

use axum::body::{Body, Bytes, HttpBody as _};
use axum::response::{IntoResponse as _, Response};

use super::App;
use super::error::Refused;
use super::pieces::Pieces;
use crate::engine::Refusal;
use crate::store::{Share, UNCOUNTED};

/// The end of an answer's body and the answer's share of the room.
struct Held(Bytes, #[expect(dead_code, reason = "it is held until the body is sent")] Share);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Lets an answer be sent where there is room for it. What a write has done is told anyhow.
pub(super) async fn hold(app: &App, is_read: bool, response: Response) -> Response {
    if response.body().size_hint().exact().is_some_and(|length| length <= UNCOUNTED as u64) {
        return response;
    }
    let (parts, body) = response.into_parts();
    // Every answer is there as a whole.
    let mut pieces = match Pieces::of(body).await {
        Ok(pieces) => pieces,
        Err(refused) => return refused.into_response(),
    };
    let share = Share::of(app.counts.room());
    match share.take(pieces.length()) {
        Err(error) if is_read => return Refused::from(Refusal::from(error)).into_response(),
        Err(_) => share.take_anyhow(pieces.length()),
        Ok(()) => {}
    }
    if let Some(last) = pieces.last() {
        *last = Bytes::from_owner(Held(std::mem::take(last), share));
    }
    Response::from_parts(parts, Body::new(pieces))
}
