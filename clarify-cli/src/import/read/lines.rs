//! The lines of a file.

use std::collections::VecDeque;
use std::io::{self, BufRead, Chain, Cursor, Read as _};

/// How much of a text is looked at to see how its lines end.
const BEGINNING: u64 = 1 << 16;

/// The lines of a text with their numbers, which can be put back.
pub(super) struct Lines<R> {
    text: Chain<Cursor<Vec<u8>>, R>,
    end: u8,
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
    pub(super) fn new(mut text: R) -> io::Result<Self> {
        let mut beginning = Vec::new();
        (&mut text).take(BEGINNING).read_to_end(&mut beginning)?;
        let end = line_end(&beginning);
        let text = Cursor::new(beginning).chain(text);
        Ok(Self { text, end, number: 0, put_back: VecDeque::new() })
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
        if self.text.read_until(self.end, &mut bytes)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let mut text = String::from_utf8(bytes)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let end = ["\r\n", "\n", "\r"].into_iter().find(|end| text.ends_with(end));
        let end = end.unwrap_or_default();
        text.truncate(text.len() - end.len());
        Ok(Some(Line { number: self.number, text, end }))
    }
}

/// Old spreadsheets end lines with `\r` alone.
fn line_end(beginning: &[u8]) -> u8 {
    let is_old = !beginning.contains(&b'\n') && beginning.contains(&b'\r');
    if is_old { b'\r' } else { b'\n' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(u64, String)> {
        let mut lines = Lines::new(text.as_bytes()).unwrap();
        std::iter::from_fn(|| lines.next().unwrap()).map(|l| (l.number, l.text)).collect()
    }

    #[test]
    fn a_line_may_end_in_each_way() {
        for text in ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\nb"] {
            assert_eq!(texts(text), [(1, "a".to_owned()), (2, "b".to_owned())], "{text:?}");
        }
    }

    #[test]
    fn lines_are_read_again_in_their_order() {
        let mut lines = Lines::new(&b"a\nb\nc"[..]).unwrap();
        let read = [lines.next().unwrap().unwrap(), lines.next().unwrap().unwrap()];
        lines.put_back(read.to_vec());
        assert_eq!(lines.next().unwrap().unwrap(), read[0]);
        assert_eq!(lines.next().unwrap().unwrap(), read[1]);
        assert_eq!(lines.next().unwrap().unwrap().text, "c");
        assert_eq!(lines.next().unwrap(), None);
    }
}
