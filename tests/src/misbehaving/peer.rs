//! One end of a connection.

use std::io;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::message::{self, Request, Response};

/// A connection, with what was read ahead of it.
pub(super) struct Peer {
    stream: TcpStream,
    ahead: BytesMut,
}

impl Peer {
    pub(super) fn new(stream: TcpStream) -> io::Result<Self> {
        // What is written is complete; waiting for more only delays it.
        stream.set_nodelay(true)?;
        Ok(Self { stream, ahead: BytesMut::new() })
    }

    /// The head of the next request; none where the client has gone.
    pub(super) async fn request(&mut self) -> io::Result<Option<Request>> {
        match self.head().await? {
            Some(head) => Request::read(&head).map(Some),
            None => Ok(None),
        }
    }

    /// The next answer, whole.
    pub(super) async fn response(&mut self) -> io::Result<Response> {
        let head = self.head().await?.ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut response = Response::read(&head)?;
        response.body = self.body(message::body_length(&response.headers)?).await?;
        Ok(response)
    }

    /// The next bytes, so many.
    pub(super) async fn body(&mut self, length: usize) -> io::Result<Bytes> {
        while self.ahead.len() < length {
            self.more().await?;
        }
        Ok(self.ahead.split_to(length).freeze())
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await
    }

    /// Whether the other side has neither closed the connection nor said a word.
    pub(super) fn is_silent(&self) -> bool {
        let read = self.stream.try_read(&mut [0]);
        read.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }

    /// Ends the connection in a way that the other side sees as an error.
    pub(super) fn reset(self) -> io::Result<()> {
        self.stream.set_zero_linger()
    }

    async fn head(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            if let Some(end) = message::end_of_head(&self.ahead) {
                return Ok(Some(self.ahead.split_to(end).freeze()));
            }
            match self.more().await {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                more => more?,
            }
        }
    }

    async fn more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.ahead).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}
