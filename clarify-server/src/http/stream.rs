//! Connections. Some clients send a query as it was typed, `filter[amount]=>=5`; the parser of URLs
//! takes `<` and `>` only as `%3C` and `%3E`, so they are encoded before it sees them.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Accepts connections whose request lines are encoded.
pub(super) struct Encoding(pub(super) TcpListener);

impl Listener for Encoding {
    type Io = Encoded<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, addr) = Listener::accept(&mut self.0).await;
        // Answers are written in one piece; waiting for more only delays them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(target: "clarify_server", %error, "no TCP_NODELAY");
        }
        (Encoded::new(stream), addr)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A stream of requests. Only reads have query strings worth encoding, so what begins with `GET`
/// after an answer, or at the start, is a request line; everything else passes as it is.
pub(super) struct Encoded<S> {
    stream: S,
    /// Whether the next bytes may begin a request.
    may_begin: bool,
    /// Whether a request line is not over yet.
    in_line: bool,
    /// What was encoded and did not fit where it was read to.
    waiting: Vec<u8>,
}

impl<S> Encoded<S> {
    const fn new(stream: S) -> Self {
        Self { stream, may_begin: true, in_line: false, waiting: Vec::new() }
    }

    /// The bytes encoded, when there is something to encode.
    fn encode(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        let begins = std::mem::take(&mut self.may_begin) && bytes.starts_with(b"GET /");
        if !(self.in_line || begins) {
            return None;
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        self.in_line = end.is_none();
        let (line, rest) = bytes.split_at_checked(end.unwrap_or(bytes.len()))?;
        if !line.iter().any(|byte| must_be_encoded(*byte)) {
            return None;
        }
        let mut encoded: Vec<u8> = line.iter().flat_map(|byte| encode_byte(*byte)).collect();
        encoded.extend(rest);
        Some(encoded)
    }

    fn hand_out(&mut self, buffer: &mut ReadBuf<'_>) {
        let fits = self.waiting.len().min(buffer.remaining());
        let rest = self.waiting.split_off(fits);
        buffer.put_slice(&self.waiting);
        self.waiting = rest;
    }
}

const fn must_be_encoded(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b'"') || !byte.is_ascii()
}

fn encode_byte(byte: u8) -> Vec<u8> {
    if must_be_encoded(byte) { format!("%{byte:02X}").into_bytes() } else { vec![byte] }
}

impl<S: AsyncRead + Unpin> AsyncRead for Encoded<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.waiting.is_empty() {
            let before = buffer.filled().len();
            ready!(Pin::new(&mut this.stream).poll_read(context, buffer))?;
            let new = buffer.filled().get(before..).unwrap_or_default();
            let Some(encoded) = this.encode(new) else { return Poll::Ready(Ok(())) };
            buffer.set_filled(before);
            this.waiting = encoded;
        }
        this.hand_out(buffer);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Encoded<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.may_begin = true;
        Pin::new(&mut this.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.may_begin = true;
        Pin::new(&mut this.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(stream: &mut Encoded<()>, bytes: &str) -> String {
        let encoded = stream.encode(bytes.as_bytes());
        encoded.map_or_else(|| bytes.to_owned(), |bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_request_line_is_encoded_and_nothing_after_it() {
        let mut stream = Encoded::new(());
        let head = encoded(&mut stream, "GET /a?b=>=5 HTTP/1.1\r\nX: <>\r\n\r\n");
        assert_eq!(head, "GET /a?b=%3E=5 HTTP/1.1\r\nX: <>\r\n\r\n");
        assert_eq!(encoded(&mut stream, "GET /a?b=<"), "GET /a?b=<");
    }

    #[test]
    fn a_request_line_may_come_in_pieces() {
        let mut stream = Encoded::new(());
        assert_eq!(encoded(&mut stream, "GET /a?b=<"), "GET /a?b=%3C");
        assert_eq!(encoded(&mut stream, "5&c=é\r\n<"), "5&c=%C3%A9\r\n<");
        assert_eq!(encoded(&mut stream, "<"), "<");
    }

    #[test]
    fn a_body_is_left_alone() {
        let mut stream = Encoded::new(());
        let post = "POST /a HTTP/1.1\r\n\r\n{\"a\": \"<>\"}";
        assert_eq!(encoded(&mut stream, post), post);
    }
}
