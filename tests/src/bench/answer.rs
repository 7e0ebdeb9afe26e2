//! Answers as a load generator reads them: as little as tells where one ends.

use std::ops::Range;

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

/// The side of a connection that answers come from, each once the one before it was read.
pub(super) struct Answers {
    /// What has come of the answer. It stays as large as the largest one, so that each is read at once.
    buffer: Vec<u8>,
    /// A body that came in chunks, put together.
    body: Vec<u8>,
}

impl Answers {
    pub(super) fn new() -> Self {
        Self { buffer: Vec::with_capacity(64 << 10), body: Vec::new() }
    }

    /// The status of the next answer, and its body.
    pub(super) async fn next(&mut self, stream: &mut TcpStream) -> (u16, &[u8]) {
        self.buffer.clear();
        let (status, start, framing) = loop {
            self.read(stream).await;
            if let Some(head) = head(&self.buffer) {
                break head;
            }
        };
        let body = match framing {
            Framing::Bytes(length) => self.take(stream, start..start + length).await,
            Framing::Chunks => self.chunks(stream, start).await,
        };
        (status, body)
    }

    async fn read(&mut self, stream: &mut TcpStream) {
        let read = stream.read_buf(&mut self.buffer).await.unwrap();
        assert!(read > 0, "the connection ended within an answer");
    }

    async fn take(&mut self, stream: &mut TcpStream, place: Range<usize>) -> &[u8] {
        while self.buffer.len() < place.end {
            self.read(stream).await;
        }
        &self.buffer[place]
    }

    async fn chunks(&mut self, stream: &mut TcpStream, mut start: usize) -> &[u8] {
        self.body.clear();
        loop {
            match httparse::parse_chunk_size(&self.buffer[start..]).unwrap() {
                Status::Partial => self.read(stream).await,
                Status::Complete((line, length)) => {
                    let data = start + line..start + line + usize::try_from(length).unwrap();
                    start = data.end + "\r\n".len();
                    self.take(stream, data.start..start).await;
                    self.body.extend_from_slice(&self.buffer[data]);
                    if length == 0 {
                        return &self.body;
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
