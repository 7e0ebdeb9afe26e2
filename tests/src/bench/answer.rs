//! Answers as a load generator reads them: as little as tells where one ends.

use httparse::{EMPTY_HEADER, Response, Status};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// What stands behind its head, chunks put together.
    pub body: Vec<u8>,
}

/// Where a body ends.
enum Framing {
    Bytes(usize),
    Chunks,
}

/// The side of a connection that answers come from.
pub(super) struct Answers {
    buffer: Vec<u8>,
}

impl Answers {
    pub(super) fn new() -> Self {
        Self { buffer: Vec::with_capacity(64 << 10) }
    }

    pub(super) async fn next(&mut self, stream: &mut TcpStream) -> Answer {
        let (status, end, framing) = loop {
            if let Some(head) = head(&self.buffer) {
                break head;
            }
            self.read(stream).await;
        };
        self.buffer.drain(..end);
        let body = match framing {
            Framing::Bytes(length) => self.take(stream, length).await,
            Framing::Chunks => self.chunks(stream).await,
        };
        Answer { status, body }
    }

    async fn read(&mut self, stream: &mut TcpStream) {
        let read = stream.read_buf(&mut self.buffer).await.unwrap();
        assert!(read > 0, "the connection ended within an answer");
    }

    async fn take(&mut self, stream: &mut TcpStream, length: usize) -> Vec<u8> {
        while self.buffer.len() < length {
            self.read(stream).await;
        }
        let rest = self.buffer.split_off(length);
        std::mem::replace(&mut self.buffer, rest)
    }

    async fn chunks(&mut self, stream: &mut TcpStream) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            match httparse::parse_chunk_size(&self.buffer).unwrap() {
                Status::Partial => self.read(stream).await,
                Status::Complete((line, length)) => {
                    let length = usize::try_from(length).unwrap();
                    let chunk = self.take(stream, line + length + 2).await;
                    body.extend_from_slice(&chunk[line..line + length]);
                    if length == 0 {
                        return body;
                    }
                }
            }
        }
    }
}

/// The status, the end of the head and what follows it, if the head is there as a whole.
fn head(bytes: &[u8]) -> Option<(u16, usize, Framing)> {
    let mut headers = [EMPTY_HEADER; 64];
    let mut response = Response::new(&mut headers);
    let Status::Complete(end) = response.parse(bytes).unwrap() else { return None };
    let named =
        |name| response.headers.iter().find(move |header| header.name.eq_ignore_ascii_case(name));
    let framing = match named("content-length") {
        Some(length) => Framing::Bytes(std::str::from_utf8(length.value).unwrap().parse().unwrap()),
        None if named("transfer-encoding").is_some() => Framing::Chunks,
        None => Framing::Bytes(0),
    };
    Some((response.code.unwrap(), end, framing))
}
