//! What must be escaped in a JSON string.

const WORD: usize = size_of::<u64>();
/// One in each byte of a word.
const ONES: u64 = u64::MAX / 255;
const HIGH_BITS: u64 = ONES << 7;

/// How many bytes there are before one that can't stand in a JSON string as it is: a quote, a
/// backslash or a control character.
pub(crate) fn plain_length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<WORD>();
    for (index, word) in words.iter().enumerate() {
        let marks = marks(u64::from_le_bytes(*word));
        if marks != 0 {
            return index * WORD + marks.trailing_zeros() as usize / 8;
        }
    }
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
        fn a_text_is_plain_up_to_what_must_be_escaped(text in "[ -~é]{0,20}[\\x00-\\x7fé]{0,20}") {
            let escaped = |byte: &u8| matches!(byte, b'"' | b'\\') || byte.is_ascii_control() && *byte != 0x7f;
            let first = text.bytes().position(|byte| escaped(&byte));
            prop_assert_eq!(plain_length(text.as_bytes()), first.unwrap_or(text.len()));
        }
    }
}
