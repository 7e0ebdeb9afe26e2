//! What a string holds that is written with escapes.

use std::str::Chars;

use crate::value::plain_length_within;

/// Adds what a string holds whose first quote is behind us, and says what follows it. Nothing is
/// returned where it is no string.
pub(super) fn unescape<'j>(mut json: &'j str, out: &mut String) -> Option<&'j str> {
    loop {
        let (plain, rest) = json.split_at_checked(plain_length_within(json.as_bytes()))?;
        out.push_str(plain);
        let mut rest = rest.chars();
        match rest.next()? {
            '"' => return Some(rest.as_str()),
            '\\' => out.push(character(&mut rest)?),
            _ => return None,
        }
        json = rest.as_str();
    }
}

/// The character that stands behind a backslash.
fn character(rest: &mut Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => coded(rest)?,
        itself @ ('"' | '\\' | '/') => itself,
        _ => return None,
    })
}

/// A character that is written as its UTF-16: one code, or two.
fn coded(rest: &mut Chars<'_>) -> Option<char> {
    let first = code(rest)?;
    if let Some(character) = char::from_u32(first.into()) {
        return Some(character);
    }
    *rest = rest.as_str().strip_prefix("\\u")?.chars();
    char::decode_utf16([first, code(rest)?]).next()?.ok()
}

fn code(rest: &mut Chars<'_>) -> Option<u16> {
    let (digits, after) = rest.as_str().split_at_checked(4)?;
    *rest = after.chars();
    let is_code = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| is_code)
}
