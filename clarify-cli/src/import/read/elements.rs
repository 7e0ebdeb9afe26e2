//! The elements of a JSON file, one after the other: of an array, of the `data` of an answer, or one
//! in each line.

use std::io::{self, BufRead, Chain, Cursor, Read as _};
use std::num::NonZeroU64;

use super::Place;

/// The texts of the elements, each with its place.
pub(super) struct Elements<R> {
    text: Chain<Cursor<Vec<u8>>, R>,
    line: u64,
    /// How many items of an array were given.
    items: u64,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Each line is an element.
    Lines,
    /// The elements stand between commas, up to a `]`.
    Array,
    /// All of it is one element.
    One,
    Over,
}

/// How much of a file is looked at to see what it is.
const BEGINNING: u64 = 1 << 16;

impl<R: BufRead> Elements<R> {
    pub(super) fn new(mut text: R) -> io::Result<Self> {
        let mut beginning = Vec::new();
        (&mut text).take(BEGINNING).read_to_end(&mut beginning)?;
        let (form, skipped) = form(&beginning);
        let line = 1 + newlines(beginning.get(..skipped).unwrap_or_default());
        let mut beginning = Cursor::new(beginning);
        beginning.consume(skipped);
        Ok(Self { text: beginning.chain(text), line, items: 0, form })
    }

    pub(super) fn next(&mut self) -> io::Result<Option<(Place, String)>> {
        match self.form {
            Form::Lines => self.next_line(),
            Form::Array => self.next_element(),
            Form::One => {
                self.form = Form::Over;
                let mut all = String::new();
                self.text.read_to_string(&mut all)?;
                let place = Place::line(self.line);
                Ok(Some((place, all)).filter(|(_, all)| !all.trim().is_empty()))
            }
            Form::Over => Ok(None),
        }
    }

    fn next_line(&mut self) -> io::Result<Option<(Place, String)>> {
        let mut text = String::new();
        while self.text.read_line(&mut text)? > 0 {
            let place = Place::line(self.line);
            self.line += 1;
            if !text.trim().is_empty() {
                return Ok(Some((place, text.trim().to_owned())));
            }
            text.clear();
        }
        Ok(None)
    }

    fn next_element(&mut self) -> io::Result<Option<(Place, String)>> {
        let (mut element, mut nesting) = (Vec::new(), Nesting::default());
        let mut begins = self.line;
        while let Some(byte) = self.next_byte()? {
            if element.is_empty() && (byte.is_ascii_whitespace() || byte == b',') {
                begins = self.line;
                continue;
            }
            if nesting.is_outside() && matches!(byte, b',' | b']') {
                if byte == b']' {
                    self.form = Form::Over;
                }
                break;
            }
            nesting.take(byte);
            element.push(byte);
        }
        let text = String::from_utf8_lossy(&element).trim().to_owned();
        if text.is_empty() {
            self.form = Form::Over;
            return Ok(None);
        }
        self.items += 1;
        Ok(Some((Place { line: begins, item: NonZeroU64::new(self.items) }, text)))
    }

    fn next_byte(&mut self) -> io::Result<Option<u8>> {
        let Some(byte) = self.text.fill_buf()?.first().copied() else { return Ok(None) };
        self.text.consume(1);
        self.line += u64::from(byte == b'\n');
        Ok(Some(byte))
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// Which form a file has that begins so, and where its first element begins.
fn form(beginning: &[u8]) -> (Form, usize) {
    let start = beginning.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let rest = beginning.get(start..).unwrap_or_default();
    if rest.first() == Some(&b'[') {
        return (Form::Array, start + 1);
    }
    if let Some(data) = data_array(rest) {
        return (Form::Array, start + data);
    }
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_whole = serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    // A first line that is cut off by the room that there was is a long line.
    let is_cut = u64::try_from(beginning.len()).is_ok_and(|length| length == BEGINNING);
    let is_long = line.len() == rest.len() && is_cut;
    if is_whole || is_long { (Form::Lines, start) } else { (Form::One, start) }
}

/// Where the elements of an answer's `data` begin.
fn data_array(text: &[u8]) -> Option<usize> {
    let mut nesting = Nesting::default();
    for (place, byte) in text.iter().enumerate() {
        nesting.take(*byte);
        if nesting.is_over() {
            return None;
        }
        // Inside the object, behind the quote that ends one of its names.
        if *byte == b'"' && nesting.depth == 1 && !nesting.is_in_text {
            let name = text.get(..=place)?.ends_with(b"\"data\"");
            let behind = text.get(place + 1..)?;
            let value = behind.trim_ascii_start().strip_prefix(b":").map(<[u8]>::trim_ascii_start);
            if let Some([b'[', rest @ ..]) = value.filter(|_| name) {
                return Some(text.len() - rest.len());
            }
        }
    }
    None
}

/// How deep inside a JSON value a place is.
#[derive(Default)]
struct Nesting {
    depth: usize,
    is_in_text: bool,
    is_escaped: bool,
    has_begun: bool,
}

impl Nesting {
    fn take(&mut self, byte: u8) {
        self.has_begun = true;
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.is_in_text => self.is_escaped = true,
            b'"' => self.is_in_text = !self.is_in_text,
            _ if self.is_in_text => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    fn is_outside(&self) -> bool {
        self.depth == 0 && !self.is_in_text
    }

    fn is_over(&self) -> bool {
        self.has_begun && self.is_outside()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(text: &str) -> Vec<(Place, String)> {
        let mut elements = Elements::new(text.as_bytes()).unwrap();
        std::iter::from_fn(|| elements.next().unwrap()).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        elements(text).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn an_array_gives_its_elements_with_their_lines() {
        let found = elements("[\n  {\"a\": \"],}\\\"\"},\n  {\n\"b\":[1]}\n, 5]\n");
        let expected = [(2, r#"{"a": "],}\""}"#), (3, "{\n\"b\":[1]}"), (5, "5")];
        let item = |line, item| Place { line, item: NonZeroU64::new(item) };
        let expected = (1..).zip(expected);
        let expected: Vec<_> =
            expected.map(|(n, (line, text))| (item(line, n), text.to_owned())).collect();
        assert_eq!(found, expected);
        assert_eq!(texts("[]"), [""; 0]);
    }

    #[test]
    fn an_answer_gives_its_data() {
        let answer =
            r#"{"meta":{"data":[9]},"links":{}, "data" : [{"id":"1"},{"id":"2"}],"x":[3]}"#;
        assert_eq!(texts(answer), [r#"{"id":"1"}"#, r#"{"id":"2"}"#]);
    }

    #[test]
    fn lines_give_one_each() {
        assert_eq!(
            elements("{\"a\":1}\n\n{\"a\":2}\r\n"),
            [(Place::line(1), r#"{"a":1}"#.into()), (Place::line(3), r#"{"a":2}"#.into())]
        );
    }

    #[test]
    fn one_object_is_one_element() {
        assert_eq!(texts("{\n\"a\": 1\n}\n"), ["{\n\"a\": 1\n}\n"]);
        assert_eq!(texts(r#"{"data":{"id":"1"}}"#), [r#"{"data":{"id":"1"}}"#]);
    }

    #[test]
    fn an_element_that_does_not_end_is_given_as_it_is() {
        assert_eq!(texts("[{\"a\":1},{\"b\":"), ["{\"a\":1}", "{\"b\":"]);
    }
}
