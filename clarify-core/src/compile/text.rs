//! Text that is put together while compiling.

use std::borrow::Cow;

use clarify_schema::Text;

/// Room for `N` bytes of text. What does not fit is counted, and left out from there on.
pub(super) struct Buffer<const N: usize> {
    bytes: [u8; N],
    length: usize,
    wanted: usize,
}

impl<const N: usize> Buffer<N> {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; N], length: 0, wanted: 0 }
    }

    /// How long the whole text is.
    pub(super) const fn wanted(&self) -> usize {
        self.wanted
    }

    pub(super) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    pub(super) const fn push(&mut self, text: &str) {
        let text = text.as_bytes();
        self.wanted += text.len();
        if self.wanted <= N {
            let (_, room) = self.bytes.split_at_mut(self.length);
            room.split_at_mut(text.len()).0.copy_from_slice(text);
            self.length = self.wanted;
        }
    }

    /// Pushes a text as JSON has it.
    pub(super) const fn push_json(&mut self, text: &str) {
        self.push("\"");
        let mut rest = text;
        loop {
            let (plain, special) = rest.split_at(plain_length(rest.as_bytes()));
            self.push(plain);
            let [byte, ..] = special.as_bytes() else { break };
            self.push("\\u00");
            self.push(hex_digit(*byte >> 4));
            self.push(hex_digit(*byte & 15));
            rest = special.split_at(1).1;
        }
        self.push("\"");
    }
}

/// How many bytes stand before one that JSON writes in another way.
const fn plain_length(mut bytes: &[u8]) -> usize {
    let length = bytes.len();
    while let [byte, rest @ ..] = bytes {
        if matches!(byte, 0..0x20 | b'"' | b'\\') {
            break;
        }
        bytes = rest;
    }
    length - bytes.len()
}

const fn hex_digit(digit: u8) -> &'static str {
    "0123456789abcdef".split_at(digit as usize).1.split_at(1).0
}

pub(super) const fn text(text: &Text) -> &str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => text.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_counted_and_left_out_from_there_on() {
        let mut buffer = Buffer::<8>::new();
        for text in ["five ", "höchst", "a"] {
            buffer.push(text);
        }
        assert_eq!((buffer.as_str(), buffer.wanted()), ("five ", 13));
    }

    #[test]
    fn texts_are_json() {
        for text in ["", "plain", "a \"b\" \\ \n\u{1f}", "höchst \u{7f} 🦀"] {
            let mut buffer = Buffer::<64>::new();
            buffer.push_json(text);
            assert_eq!(serde_json::from_str::<String>(buffer.as_str()).unwrap(), text);
        }
    }
}
