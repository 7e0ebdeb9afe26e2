//! The head of a request: whether it can be read, what is wrong if not, and which body follows.
//!
//! Some clients send a query as it was typed, `filter[amount]=>=5`; the parser of URLs takes `<`
//! and `>` only as `%3C` and `%3E`, so they are encoded before it sees them.

use std::mem::MaybeUninit;
use std::ops::Range;
use std::time::Duration;

use axum::http::{Method, Uri};
use httparse::{Header, Request, Status};
use memchr::{memchr, memchr_iter};

/// The parser's own limit for a URL.
const LONGEST_URL: usize = 65_534;
/// A URL, and as much again for headers as clients send.
const LONGEST_HEAD: usize = 96 << 10;
const MOST_HEADERS: usize = 100;

/// Why a request can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) status: u16,
    pub(super) detail: String,
}

/// How long the body is that follows a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    Bytes(u64),
    Chunks,
}

impl Unreadable {
    fn new(status: u16, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    pub(super) fn too_slow(limit: Duration) -> Self {
        Self::new(408, format!("the request's line and headers took longer than {limit:?}"))
    }
}

/// Where a head ends, if it does: behind the first empty line.
pub(super) fn end(head: &[u8], from: usize) -> Option<usize> {
    let is_empty_line = |at: &usize| {
        let before = head.get(..*at).unwrap_or_default();
        before.ends_with(b"\n\r") || before.ends_with(b"\n")
    };
    let mut lines = memchr_iter(b'\n', head.get(from..)?).map(|at| from + at);
    lines.find(is_empty_line).map(|at| at + 1)
}

/// Whether what is there of a head is too much already.
pub(super) fn check_length(head: &[u8]) -> Result<(), Unreadable> {
    let line = memchr(b'\n', head);
    if line.unwrap_or(head.len()) > LONGEST_URL + 64 {
        return Err(url_too_long());
    }
    if head.len() > LONGEST_HEAD {
        let detail = format!("the request's line and headers are longer than {LONGEST_HEAD} bytes");
        return Err(Unreadable::new(431, detail));
    }
    Ok(())
}

fn url_too_long() -> Unreadable {
    Unreadable::new(414, format!("the URL is longer than {LONGEST_URL} bytes"))
}

/// Where the URL of a head is, with the version behind it.
fn url(head: &[u8]) -> Range<usize> {
    let end = memchr(b'\n', head).unwrap_or(head.len());
    memchr(b' ', head).unwrap_or(end).min(end)..end
}

/// Whether the parser takes the URL only once it is encoded.
pub(super) fn must_be_encoded(head: &[u8]) -> bool {
    // All bytes are looked at: without a way out, many are at once.
    let url = head.get(url(head)).unwrap_or_default();
    url.iter().fold(false, |any, byte| any | is_encoded(*byte))
}

/// The head with its URL encoded.
pub(super) fn encode(head: Vec<u8>) -> Vec<u8> {
    if !must_be_encoded(&head) {
        return head;
    }
    let url = url(&head);
    let mut encoded = Vec::with_capacity(head.len());
    for (at, byte) in head.iter().enumerate() {
        if url.contains(&at) && is_encoded(*byte) {
            encoded.extend(format!("%{byte:02X}").into_bytes());
        } else {
            encoded.push(*byte);
        }
    }
    encoded
}

const fn is_encoded(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b'"') || !byte.is_ascii()
}

/// What body follows a whole head. What the parser refuses without a word is refused here, so that
/// the client is told.
pub(super) fn judge(head: &[u8]) -> Result<Framing, Unreadable> {
    let mut headers = [const { MaybeUninit::uninit() }; MOST_HEADERS];
    let mut request = Request::new(&mut []);
    match request.parse_with_uninit_headers(head, &mut headers) {
        Ok(Status::Complete(_)) => {}
        Ok(Status::Partial) => return Err(Unreadable::new(400, "the request ends too soon")),
        Err(error) => return Err(malformed(error, request.method)),
    }
    let bad = |what: &str| Unreadable::new(400, format!("the request line has a malformed {what}"));
    let url = request.path.unwrap_or_default();
    if url.len() > LONGEST_URL {
        return Err(url_too_long());
    }
    if !is_plain(url) {
        Uri::try_from(url).map_err(|_| bad("URL"))?;
    }
    Method::from_bytes(request.method.unwrap_or_default().as_bytes()).map_err(|_| bad("verb"))?;
    framing(request.headers, request.version == Some(1))
}

/// Whether a URL is a path, and a query maybe, of what nearly all are made of: the parser takes it.
fn is_plain(url: &str) -> bool {
    url.starts_with('/') && url.bytes().all(is_usual)
}

const fn is_usual(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'/' | b'?' | b'&' | b'=' | b'%' | b'-' | b'.' | b'_' | b'~' | b'[' | b']'
        )
}

fn malformed(error: httparse::Error, method: Option<&str>) -> Unreadable {
    let form = "expected `GET /path HTTP/1.1`";
    let (status, detail) = match error {
        httparse::Error::TooManyHeaders => {
            (431, format!("the request has more than {MOST_HEADERS} headers"))
        }
        httparse::Error::Version => (400, format!("HTTP/1.1 and HTTP/1.0 are served: {form}")),
        httparse::Error::HeaderName => (400, "a header's name is malformed".to_owned()),
        httparse::Error::HeaderValue => (400, "a header's value is malformed".to_owned()),
        httparse::Error::NewLine => (400, "a line ends in a way that is not HTTP's".to_owned()),
        _ if method.is_none() => (400, format!("the request line has a malformed verb: {form}")),
        _ => (400, format!("the request line has a malformed URL: {form}")),
    };
    Unreadable::new(status, detail)
}

fn framing(headers: &[Header<'_>], is_1_1: bool) -> Result<Framing, Unreadable> {
    let named = |name: &'static str| {
        headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name))
    };
    if let Some(last) = named("transfer-encoding").next_back() {
        let bad = "`Transfer-Encoding` must end in `chunked`, and needs HTTP/1.1";
        let ends = is_1_1 && ends_in_chunked(last.value);
        return if ends { Ok(Framing::Chunks) } else { Err(Unreadable::new(400, bad)) };
    }
    let mut lengths = named("content-length").map(|header| length(header.value));
    let Some(first) = lengths.next() else { return Ok(Framing::Bytes(0)) };
    match first {
        Some(bytes) if lengths.all(|other| other == first) => Ok(Framing::Bytes(bytes)),
        _ => Err(Unreadable::new(400, "`Content-Length` must be one number")),
    }
}

fn ends_in_chunked(value: &[u8]) -> bool {
    let last = value.rsplit(|byte| *byte == b',').next().unwrap_or_default();
    last.trim_ascii().eq_ignore_ascii_case(b"chunked")
}

fn length(value: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(value).ok()?;
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // The two largest stand for something else in the parser.
    text.parse().ok().filter(|length| is_number && *length < u64::MAX - 2)
}
