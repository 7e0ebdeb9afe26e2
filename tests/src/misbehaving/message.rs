//! Requests and answers of HTTP/1.1, as far as a JSON API needs them: every body has its length in
//! the head.

use std::io;

use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

/// More headers than any client of ours sends.
const MAX_HEADERS: usize = 64;

/// A request as it is passed on.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    /// The path with its query, as it came.
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Whether its sender means to send another one on the same connection.
    pub(super) keeps_open: bool,
}

/// An answer as it is passed on.
#[derive(Clone, Debug)]
pub(super) struct Response {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Request {
    /// Reads a head. The request line is divided by hand: queries come as people type them.
    pub(super) fn read(head: &[u8]) -> io::Result<Self> {
        let (line, headers) = divide(head)?;
        let line = String::from_utf8_lossy(line);
        let (method, rest) = line.split_once(' ').ok_or_else(malformed)?;
        let (target, version) = rest.rsplit_once(' ').ok_or_else(malformed)?;
        let method = method.parse().map_err(|_| malformed())?;
        let headers = read_headers(headers)?;
        let keeps_open = version == "HTTP/1.1" && !says_close(&headers);
        Ok(Self { method, target: target.to_owned(), headers, body: Bytes::new(), keeps_open })
    }

    /// The path without its query.
    pub(super) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        let length = (self.method != Method::GET).then_some(self.body.len());
        write_headers(&mut bytes, &self.headers, length);
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

impl Response {
    pub(super) fn read(head: &[u8]) -> io::Result<Self> {
        let (line, headers) = divide(head)?;
        let status = line.get(9..12).ok_or_else(malformed)?;
        let status = StatusCode::from_bytes(status).map_err(|_| malformed())?;
        Ok(Self { status, headers: read_headers(headers)?, body: Bytes::new() })
    }

    /// Whether another request may follow on the same connection.
    pub(super) fn keeps_open(&self) -> bool {
        !says_close(&self.headers)
    }

    pub(super) fn new(status: StatusCode, content_type: &'static str, body: String) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        Self { status, headers, body: body.into() }
    }

    pub(super) fn json(status: StatusCode, body: String) -> Self {
        Self::new(status, "application/json", body)
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).expect("a test gives a text for a header");
        self.headers.insert(HeaderName::from_static(name), value);
        self
    }

    /// The head as it is sent; `closing` says that the connection ends after the answer.
    pub(super) fn head(&self, closing: bool) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {}\r\n", self.status).into_bytes();
        if closing {
            bytes.extend_from_slice(b"connection: close\r\n");
        }
        let length = (self.status != StatusCode::NO_CONTENT).then_some(self.body.len());
        write_headers(&mut bytes, &self.headers, length);
        bytes
    }
}

/// How long the body is that follows a head.
pub(super) fn body_length(headers: &HeaderMap) -> io::Result<usize> {
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a body of unknown length"));
    }
    let Some(length) = headers.get(CONTENT_LENGTH) else { return Ok(0) };
    length.to_str().ok().and_then(|text| text.trim().parse().ok()).ok_or_else(malformed)
}

/// Where the first head in what was read ends, its empty line included.
pub(super) fn end_of_head(bytes: &BytesMut) -> Option<usize> {
    bytes.windows(4).position(|end| end == b"\r\n\r\n").map(|start| start + 4)
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no HTTP/1.1")
}

/// The first line without its end, and the headers.
fn divide(head: &[u8]) -> io::Result<(&[u8], &[u8])> {
    let end = head.windows(2).position(|end| end == b"\r\n").ok_or_else(malformed)?;
    Ok((&head[..end], &head[end + 2..]))
}

fn read_headers(bytes: &[u8]) -> io::Result<HeaderMap> {
    let mut places = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let parsed = httparse::parse_headers(bytes, &mut places).map_err(|_| malformed())?;
    let httparse::Status::Complete((_, found)) = parsed else { return Err(malformed()) };
    let mut headers = HeaderMap::with_capacity(found.len());
    for header in found {
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(|_| malformed())?;
        headers.append(name, HeaderValue::from_bytes(header.value).map_err(|_| malformed())?);
    }
    Ok(headers)
}

fn says_close(headers: &HeaderMap) -> bool {
    let value = headers.get(CONNECTION).map(HeaderValue::as_bytes);
    value.is_some_and(|value| value.eq_ignore_ascii_case(b"close"))
}

/// Headers about the connection and the length are about the one that they came on.
fn write_headers(bytes: &mut Vec<u8>, headers: &HeaderMap, length: Option<usize>) {
    for (name, value) in headers {
        if *name == CONNECTION || *name == CONTENT_LENGTH {
            continue;
        }
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    if let Some(length) = length {
        bytes.extend_from_slice(format!("content-length: {length}\r\n").as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
}
