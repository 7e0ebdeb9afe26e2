//! The bytes of a connection, cut into requests: whole heads, judged and encoded, and the bodies
//! between them.

use tokio::io::ReadBuf;

use super::chunks::Chunks;
use super::head::{self, Framing, Unreadable};
use super::refused::STAND_IN;

/// Reads what a client sends. What the HTTP parser may see of it is in `ready`.
pub(super) struct Requests {
    place: Place,
    /// What is there of a head that is not over.
    head: Vec<u8>,
    ready: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Head,
    Body(u64),
    Chunks(Chunks),
    /// Behind a request that can't be read nothing can.
    Refused,
}

impl Requests {
    pub(super) const fn new() -> Self {
        Self { place: Place::Head, head: Vec::new(), ready: Vec::new() }
    }

    /// Whether a head has begun and is not over.
    pub(super) const fn is_in_head(&self) -> bool {
        matches!(self.place, Place::Head) && !self.head.is_empty()
    }

    /// Whether the last request was read to its end, and no other has begun.
    pub(super) const fn is_between(&self) -> bool {
        matches!(self.place, Place::Head) && self.head.is_empty() && self.ready.is_empty()
    }

    pub(super) fn is_refused(&self) -> bool {
        self.place == Place::Refused
    }

    /// Whether the parser may see all of these bytes as they are, so that none is copied: the rest of a
    /// body, or a head that came as a whole, with no more behind it than its body.
    pub(super) fn are_good(&mut self, bytes: &[u8]) -> bool {
        if !self.ready.is_empty() {
            return false;
        }
        let behind = match self.place {
            Place::Body(left) => place_behind(left, bytes.len()),
            Place::Head if self.head.is_empty() => place_behind_head(bytes),
            _ => None,
        };
        self.place = behind.unwrap_or(self.place);
        behind.is_some()
    }

    /// Takes what the client sent.
    pub(super) fn take(&mut self, mut bytes: &[u8]) -> Result<(), Unreadable> {
        while !bytes.is_empty() {
            let taken = match self.place {
                Place::Head => self.take_head(bytes)?,
                Place::Body(left) => self.take_body(left, bytes),
                Place::Chunks(chunks) => self.take_chunks(chunks, bytes),
                Place::Refused => bytes.len(),
            };
            bytes = bytes.get(taken..).unwrap_or_default();
        }
        Ok(())
    }

    fn take_head(&mut self, bytes: &[u8]) -> Result<usize, Unreadable> {
        if self.head.is_empty() && begins_with_line_end(bytes) {
            // Some clients end a body with a line of its own.
            return Ok(1);
        }
        let before = self.head.len();
        self.head.extend(bytes);
        let end = head::end(&self.head, before);
        self.head.truncate(end.unwrap_or(self.head.len()));
        head::check_length(&self.head)?;
        if end.is_some() {
            let head = head::encode(std::mem::take(&mut self.head));
            self.place = match head::judge(&head)? {
                Framing::Bytes(0) => Place::Head,
                Framing::Bytes(length) => Place::Body(length),
                Framing::Chunks => Place::Chunks(Chunks::START),
            };
            self.ready.extend(head);
        }
        Ok(end.map_or(bytes.len(), |end| end - before))
    }

    fn take_body(&mut self, left: u64, bytes: &[u8]) -> usize {
        let here = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let left = left - here as u64;
        self.place = if left == 0 { Place::Head } else { Place::Body(left) };
        self.let_through(bytes, here)
    }

    fn take_chunks(&mut self, chunks: Chunks, bytes: &[u8]) -> usize {
        let (here, next) = chunks.pass(bytes);
        self.place = next.map_or(Place::Head, Place::Chunks);
        self.let_through(bytes, here)
    }

    fn let_through(&mut self, bytes: &[u8], count: usize) -> usize {
        self.ready.extend(bytes.get(..count).unwrap_or_default());
        count
    }

    /// Puts a request that can be read in the place of the one that can't.
    pub(super) fn stand_in(&mut self) {
        self.place = Place::Refused;
        self.head = Vec::new();
        self.ready.extend(STAND_IN);
    }

    /// Shows the parser what it may see, as far as there is room.
    pub(super) fn hand_out(&mut self, buffer: &mut ReadBuf<'_>) {
        let rest = self.ready.split_off(self.ready.len().min(buffer.remaining()));
        buffer.put_slice(&self.ready);
        self.ready = rest;
    }

    pub(super) const fn has_ready(&self) -> bool {
        !self.ready.is_empty()
    }
}

/// Where a body is after so many bytes, of which it had this many left; none if some are not of it.
fn place_behind(left: u64, bytes: usize) -> Option<Place> {
    match left.checked_sub(bytes as u64)? {
        0 => Some(Place::Head),
        left => Some(Place::Body(left)),
    }
}

const fn begins_with_line_end(bytes: &[u8]) -> bool {
    matches!(bytes.first(), Some(b'\r' | b'\n'))
}

/// Where a head leads to that is there as a whole, together with what is there of its body. What is
/// wrong with it is found again, and told, when it is taken.
fn place_behind_head(bytes: &[u8]) -> Option<Place> {
    let end = head::end(bytes, 0)?;
    let (head, rest) = bytes.split_at_checked(end)?;
    if begins_with_line_end(head) || head::must_be_encoded(head) {
        return None;
    }
    head::check_length(head).ok()?;
    match head::judge(head).ok()? {
        Framing::Bytes(length) => place_behind(length, rest.len()),
        Framing::Chunks => rest.is_empty().then_some(Place::Chunks(Chunks::START)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether these bytes, the first of a connection, may be seen as they are, and what follows them.
    fn first(bytes: &[u8]) -> Option<Place> {
        let mut requests = Requests::new();
        requests.are_good(bytes).then_some(requests.place)
    }

    #[test]
    fn a_whole_head_is_seen_as_it_is_with_what_is_there_of_its_body() {
        let post = |rest: &str| format!("POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\n{rest}");
        assert_eq!(first(b"GET /a?b=%3C HTTP/1.1\r\n\r\n"), Some(Place::Head));
        assert_eq!(first(post("").as_bytes()), Some(Place::Body(3)));
        assert_eq!(first(post("ab").as_bytes()), Some(Place::Body(1)));
        assert_eq!(first(post("abc").as_bytes()), Some(Place::Head));
        let chunked = b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(first(chunked), Some(Place::Chunks(Chunks::START)));
    }

    #[test]
    fn what_has_to_be_looked_at_or_changed_is_not() {
        for bytes in [
            &b"GET /a HTTP/1.1\r\n"[..],
            b"GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
            b"POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcd",
            b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"GET /a?b=<1 HTTP/1.1\r\n\r\n",
            "GET /ü HTTP/1.1\r\n\r\n".as_bytes(),
            b"GET /a HTTP/2.0\r\n\r\n",
            b"\r\nGET /a HTTP/1.1\r\n\r\n",
            "\nGET /ü HTTP/1.1\r\n\r\n".as_bytes(),
        ] {
            assert_eq!(first(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_comes_behind_a_head_in_pieces_is_not_seen_before_it() {
        let mut requests = Requests::new();
        requests.take(b"GET /a HTTP/1.1\r\n").unwrap();
        assert!(!requests.are_good(b"GET /b HTTP/1.1\r\n\r\n"));
        requests.take(b"\r\n").unwrap();
        // It waits to be handed out.
        assert!(requests.has_ready() && !requests.are_good(b"GET /b HTTP/1.1\r\n\r\n"));
    }
}
