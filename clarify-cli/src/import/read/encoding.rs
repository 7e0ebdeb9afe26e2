//! Which encoding a file is in.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;
use sha2::{Digest as _, Sha256};

/// What the bytes of a file tell, read once from the first to the last.
pub(crate) struct Bytes {
    pub(crate) size: u64,
    /// SHA-256, in hexadecimal digits.
    pub(crate) hash: String,
    /// The byte-order mark says which encoding it is.
    pub(crate) mark: Option<&'static Encoding>,
    /// The line of the first bytes that are no UTF-8.
    pub(crate) not_utf8: Option<u64>,
    zeros: Zeros,
}

impl Bytes {
    pub(crate) fn read(file: impl Read) -> io::Result<Self> {
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mark = Encoding::for_bom(file.fill_buf()?).map(|(encoding, _)| encoding);
        let (mut hash, mut size, mut utf8) = (Sha256::new(), 0, Utf8::default());
        let mut zeros = Zeros::default();
        loop {
            let bytes = file.fill_buf()?;
            let length = bytes.len();
            if length == 0 {
                break;
            }
            hash.update(bytes);
            utf8.take(bytes);
            zeros.take(size, bytes);
            size += u64::try_from(length).unwrap_or(u64::MAX);
            file.consume(length);
        }
        let hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { size, hash, mark, not_utf8: utf8.end(), zeros })
    }

    /// The encoding that is meant, where nobody says.
    pub(crate) fn guess(&self) -> &'static Encoding {
        let usual = if self.not_utf8.is_none() { UTF_8 } else { WINDOWS_1252 };
        self.mark.unwrap_or(usual)
    }

    /// The line of the first byte of 0, which no text has, and the encoding that may be meant: UTF-16
    /// that does not say so has one in most characters.
    pub(crate) fn zero(&self) -> Option<(u64, &'static Encoding)> {
        let is_utf16 = self.mark.is_some_and(|mark| mark == UTF_16LE || mark == UTF_16BE);
        let may_be = |zeros: u64| zeros.saturating_mul(4) >= self.size;
        let meant = match (may_be(self.zeros.even), may_be(self.zeros.odd)) {
            (false, true) => UTF_16LE,
            (true, false) => UTF_16BE,
            _ => self.guess(),
        };
        self.zeros.first.filter(|_| !is_utf16).map(|line| (line, meant))
    }
}

/// Bytes of 0: how many are in even places and in odd ones, and the line of the first.
#[derive(Default)]
struct Zeros {
    even: u64,
    odd: u64,
    first: Option<u64>,
    lines: u64,
}

impl Zeros {
    fn take(&mut self, begin: u64, bytes: &[u8]) {
        for (place, byte) in (begin..).zip(bytes) {
            match byte {
                b'\n' => self.lines += 1,
                0 => {
                    self.even += u64::from(place % 2 == 0);
                    self.odd += u64::from(place % 2 == 1);
                    self.first.get_or_insert(self.lines + 1);
                }
                _ => {}
            }
        }
    }
}

/// Looks for what is no UTF-8.
#[derive(Default)]
struct Utf8 {
    lines: u64,
    /// The beginning of a character whose other bytes are yet to come.
    rest: Vec<u8>,
    bad: Option<u64>,
}

impl Utf8 {
    fn take(&mut self, bytes: &[u8]) {
        if self.bad.is_some() {
            return;
        }
        self.rest.extend_from_slice(bytes);
        let rest = std::mem::take(&mut self.rest);
        let (good, bad) = match std::str::from_utf8(&rest) {
            Ok(_) => (rest.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some()),
        };
        let (good, rest) = rest.split_at_checked(good).unwrap_or((&rest, &[]));
        self.lines += good.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        self.rest = rest.to_vec();
        self.bad = bad.then_some(self.lines + 1);
    }

    fn end(self) -> Option<u64> {
        self.bad.or((!self.rest.is_empty()).then_some(self.lines + 1))
    }
}

/// The text of a file in this encoding, as UTF-8 and without its byte-order mark.
pub(super) fn decoded(file: impl Read + Send, encoding: &'static Encoding) -> impl Read + Send {
    DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(bytes: &[u8]) -> &'static str {
        Bytes::read(bytes).unwrap().guess().name()
    }

    fn text(bytes: &[u8]) -> String {
        let mut text = String::new();
        let encoding = Bytes::read(bytes).unwrap().guess();
        decoded(std::io::Cursor::new(bytes.to_vec()), encoding).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_mark_counts_then_utf8_and_then_what_western_windows_writes() {
        assert_eq!(guess(b"\xef\xbb\xbfa"), "UTF-8");
        assert_eq!(guess("größe".as_bytes()), "UTF-8");
        assert_eq!(guess(b"gr\xf6\xdfe"), "windows-1252");
        assert_eq!(guess(b"\xff\xfea\0"), "UTF-16LE");
        assert_eq!(guess(b"\xfe\xff\0a"), "UTF-16BE");
    }

    #[test]
    fn the_mark_is_no_part_of_the_text() {
        assert_eq!(text(b"\xef\xbb\xbfa"), "a");
        assert_eq!(text(b"\xff\xfea\0\xf6\0"), "aö");
        assert_eq!(text(b"\xfe\xff\0a"), "a");
        assert_eq!(text(b"\x80 gr\xf6\xdfe"), "€ größe");
    }

    #[test]
    fn a_character_may_lie_across_two_pieces() {
        let long = "é".repeat(100_001);
        let odd = format!("x{long}");
        assert_eq!(Bytes::read(odd.as_bytes()).unwrap().not_utf8, None);
        let cut = odd.as_bytes().get(..odd.len() - 1).unwrap();
        assert_eq!(Bytes::read(cut).unwrap().not_utf8, Some(1));
        assert_eq!(Bytes::read(&b"a\nb\n\xff\n"[..]).unwrap().not_utf8, Some(3));
    }

    #[test]
    fn the_hash_is_that_of_every_other_tool() {
        let bytes = Bytes::read(&b"abc"[..]).unwrap();
        assert!(bytes.hash.starts_with("ba7816bf8f01cfea") && bytes.hash.ends_with("f20015ad"));
        assert_eq!(bytes.size, 3);
    }
}
