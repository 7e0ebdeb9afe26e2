//! The stream of one connection, as the HTTP parser sees it: requests that it can read. It also
//! says what the connection is at.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::connection::{Connection, Phase};
use super::requests::Requests;

pub(super) struct Guarded<S> {
    stream: S,
    requests: Requests,
    connection: Arc<Connection>,
    is_shut: bool,
}

impl<S> Guarded<S> {
    pub(super) const fn new(stream: S, connection: Arc<Connection>) -> Self {
        Self { stream, requests: Requests::new(), connection, is_shut: false }
    }

    fn take(&mut self, bytes: &[u8]) {
        if let Err(why) = self.requests.take(bytes) {
            self.connection.refuse(why);
        } else if self.requests.is_in_head() && !self.requests.has_ready() {
            self.connection.enter(Phase::Head);
        } else if !self.requests.is_between() {
            self.connection.enter(Phase::UnderWay);
        }
    }

    fn note_write<T>(&self, result: Poll<T>) -> Poll<T> {
        self.connection.takes(result.is_ready());
        result
    }
}

impl<S: AsyncRead + Unpin> Guarded<S> {
    /// Reads once; the buffer then has what is new.
    fn poll_stream(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }

    /// Reads and drops what is still sent. A socket that is closed with something unread is reset,
    /// and an answer that has not been read yet is lost with it.
    fn poll_drain(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut scratch = [0; 4096];
        loop {
            let mut buffer = ReadBuf::new(&mut scratch);
            let read = ready!(self.poll_stream(context, &mut buffer));
            if read.is_err() || buffer.filled().is_empty() {
                return Poll::Ready(());
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            if !this.requests.is_refused() && this.connection.refusal().is_some() {
                this.requests.stand_in();
            }
            if this.requests.has_ready() {
                this.requests.hand_out(buffer);
                return Poll::Ready(Ok(()));
            }
            if this.requests.is_refused() {
                // The parser takes an end here for a client that is gone, and would not answer.
                ready!(this.poll_drain(context));
                return Poll::Pending;
            }
            let before = buffer.filled().len();
            ready!(this.poll_stream(context, buffer))?;
            let new = buffer.filled().get(before..).unwrap_or_default();
            if new.is_empty() {
                return Poll::Ready(Ok(()));
            }
            if this.requests.are_good(new) {
                this.connection.enter(Phase::UnderWay);
                return Poll::Ready(Ok(()));
            }
            this.take(new);
            buffer.set_filled(before);
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.note_write(written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.note_write(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(Pin::new(&mut this.stream).poll_flush(context))?;
        if this.requests.is_between() {
            this.connection.written(Phase::Idle);
        } else if this.requests.is_in_head() && !this.requests.has_ready() {
            this.connection.written(Phase::Head);
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.is_shut {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            this.is_shut = true;
            this.connection.enter(Phase::Closing);
        }
        if !this.requests.is_between() {
            ready!(this.poll_drain(context));
        }
        Poll::Ready(Ok(()))
    }
}
