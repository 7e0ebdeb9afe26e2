//! Texts as JSON strings.

use std::io::Write as _;

const WORD: usize = size_of::<u64>();
/// One in each byte of a word.
const ONES: u64 = u64::MAX / 255;
const HIGH_BITS: u64 = ONES << 7;

/// Writes a JSON string that holds `text`.
pub(crate) fn write_text(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (plain, escaped) = rest.split_at(plain_length(rest));
        out.extend_from_slice(plain);
        let Some((first, after)) = escaped.split_first() else { break };
        write_escaped(out, *first);
        rest = after;
    }
    out.push(b'"');
}

fn write_escaped(out: &mut Vec<u8>, byte: u8) {
    let letter = match byte {
        b'"' | b'\\' => byte,
        0x8 => b'b',
        0xc => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        _ => {
            // Writing to memory can't fail.
            let _ = write!(out, "\\u{byte:04x}");
            return;
        }
    };
    out.extend_from_slice(&[b'\\', letter]);
}

/// How many bytes there are before one that can't stand in a JSON string as it is: a quote, a
/// backslash or a control character.
fn plain_length(bytes: &[u8]) -> usize {
    plain_words(bytes).unwrap_or_else(|| plain_end(bytes))
}

/// [`plain_length`] in a document, whose end is seldom near: what is done there stands apart, and each
/// name and text is spared it.
#[inline(always)]
pub(crate) fn plain_length_within(document: &[u8]) -> usize {
    #[cold]
    fn at_the_end(document: &[u8]) -> usize {
        plain_end(document)
    }
    plain_words(document).unwrap_or_else(|| at_the_end(document))
}

/// The length, if what ends it is in a whole word.
#[inline(always)]
fn plain_words(bytes: &[u8]) -> Option<usize> {
    let (words, _) = bytes.as_chunks::<WORD>();
    for (index, word) in words.iter().enumerate() {
        let marks = marks(u64::from_le_bytes(*word));
        if marks != 0 {
            return Some(index * WORD + marks.trailing_zeros() as usize / 8);
        }
    }
    None
}

/// The length, of bytes whose words are plain.
#[inline]
fn plain_end(bytes: &[u8]) -> usize {
    // Once more over what has been seen, which is less than to look at single bytes.
    if bytes.last_chunk().is_some_and(|last| marks(u64::from_le_bytes(*last)) == 0) {
        return bytes.len();
    }
    let (words, rest) = bytes.as_chunks::<WORD>();
    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
    words.len() * WORD + end.unwrap_or(rest.len())
}

/// The high bit of each byte that must be escaped. Those above the first may be wrong: what is
/// borrowed for one byte is taken from the next.
const fn marks(word: u64) -> u64 {
    let control = word.wrapping_sub(ONES * 0x20);
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (control | quote | backslash) & !word & HIGH_BITS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_is_written_as_serde_json_writes_it(text in "[ -~é]{0,20}[\\x00-\\x7fé]{0,20}") {
            let mut json = Vec::new();
            write_text(&mut json, &text);
            prop_assert_eq!(json, serde_json::to_vec(&text).unwrap());
        }

        #[test]
        fn a_text_is_plain_up_to_what_must_be_escaped(text in "[ -~é]{0,20}[\\x00-\\x7fé]{0,20}") {
            let escaped = |byte: &u8| matches!(byte, b'"' | b'\\') || byte.is_ascii_control() && *byte != 0x7f;
            let first = text.bytes().position(|byte| escaped(&byte));
            let length = first.unwrap_or(text.len());
            prop_assert_eq!(plain_length(text.as_bytes()), length);
            prop_assert_eq!(plain_length_within(text.as_bytes()), length);
        }
    }
}
