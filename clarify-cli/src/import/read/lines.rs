//! The lines of a file.

use std::collections::VecDeque;
use std::io::{self, BufRead};

/// The lines of a text with their numbers, which can be put back.
pub(super) struct Lines<R> {
    text: R,
    number: u64,
    put_back: VecDeque<Line>,
}

/// A line without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) text: String,
    /// What it ended with: `\n`, `\r\n`, `\r` or, the last one, nothing.
    pub(super) end: &'static str,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(text: R) -> Self {
        Self { text, number: 0, put_back: VecDeque::new() }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        match self.put_back.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.read(),
        }
    }

    /// Puts lines back, to be read again.
    pub(super) fn put_back(&mut self, lines: Vec<Line>) {
        lines.into_iter().rev().for_each(|line| self.put_back.push_front(line));
    }

    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let end = self.read_to_end(&mut bytes)?;
        if bytes.is_empty() && end.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let text = String::from_utf8(bytes)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        Ok(Some(Line { number: self.number, text, end }))
    }

    /// Reads a line, and gives what it ends with. In one file lines may end in several ways, where it
    /// was put together from others.
    fn read_to_end(&mut self, bytes: &mut Vec<u8>) -> io::Result<&'static str> {
        loop {
            let read = self.text.fill_buf()?;
            let end = read.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (line, behind) =
                read.split_at_checked(end.unwrap_or(read.len())).unwrap_or_default();
            let (length, end) = (line.len(), behind.first().copied());
            bytes.extend_from_slice(line);
            self.text.consume(length + usize::from(end.is_some()));
            match end {
                Some(b'\r') if self.text.fill_buf()?.first() == Some(&b'\n') => {
                    self.text.consume(1);
                    return Ok("\r\n");
                }
                Some(b'\r') => return Ok("\r"),
                Some(_) => return Ok("\n"),
                None if length == 0 => return Ok(""),
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(u64, String)> {
        let mut lines = Lines::new(text.as_bytes());
        std::iter::from_fn(|| lines.next().unwrap()).map(|l| (l.number, l.text)).collect()
    }

    #[test]
    fn a_line_may_end_in_each_way() {
        for text in ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\nb", "a\rb\n", "a\r\nb\r"] {
            assert_eq!(texts(text), [(1, "a".to_owned()), (2, "b".to_owned())], "{text:?}");
        }
    }

    #[test]
    fn lines_are_read_again_in_their_order() {
        let mut lines = Lines::new(&b"a\nb\nc"[..]);
        let read = [lines.next().unwrap().unwrap(), lines.next().unwrap().unwrap()];
        lines.put_back(read.to_vec());
        assert_eq!(lines.next().unwrap().unwrap(), read[0]);
        assert_eq!(lines.next().unwrap().unwrap(), read[1]);
        assert_eq!(lines.next().unwrap().unwrap().text, "c");
        assert_eq!(lines.next().unwrap(), None);
    }
}
