//! A body that is there as a whole, in pieces: what is long is not moved for what stands before it.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody as _};
use hyper::body::{Frame, SizeHint};

use super::error::Refused;

#[derive(Clone)]
pub(super) struct Pieces(VecDeque<Bytes>);

impl Pieces {
    /// What is left to be sent of a body whose pieces are all there.
    pub(super) async fn of(mut body: Body) -> Result<Self, Refused> {
        let mut pieces = VecDeque::new();
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            let frame =
                frame.map_err(|_| Refused::new(500, "the answer could not be put together"))?;
            pieces.extend(frame.into_data());
        }
        Ok(Self(pieces))
    }

    /// The same in memory of its own, with none to spare.
    pub(super) fn copied(&self) -> Self {
        Self(self.0.iter().map(|piece| Bytes::copy_from_slice(piece)).collect())
    }

    pub(super) fn last(&mut self) -> Option<&mut Bytes> {
        self.0.back_mut()
    }

    pub(super) fn length(&self) -> usize {
        self.0.iter().map(Bytes::len).sum()
    }
}

impl<B: Into<Bytes>, const N: usize> From<[B; N]> for Pieces {
    fn from(pieces: [B; N]) -> Self {
        Self(pieces.into_iter().map(Into::into).collect())
    }
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length() as u64)
    }
}
