//! Texts side by side.

use clarify_schema::Text;

use super::text::text;

pub(super) const fn is_among(text: &str, mut texts: &[&str]) -> bool {
    while let [first, rest @ ..] = texts {
        if equal(first, text) {
            return true;
        }
        texts = rest;
    }
    false
}

pub(super) const fn is_variant(option: &str, mut variants: &[Text]) -> bool {
    while let [first, rest @ ..] = variants {
        if equal(text(first), option) {
            return true;
        }
        variants = rest;
    }
    false
}

pub(super) const fn equal(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    true
}

/// The option that is the same but for case, spaces and the like.
pub(super) const fn respelled(option: &str, mut options: &[&'static str]) -> Option<&'static str> {
    while let [first, rest @ ..] = options {
        if is_respelled(option.as_bytes(), first.as_bytes()) {
            return Some(first);
        }
        options = rest;
    }
    None
}

/// Whether one of the variants is this option but for case, spaces and the like, and is no option.
pub(super) const fn is_misspelled(
    option: &str,
    mut variants: &[Text],
    options: &[&'static str],
) -> bool {
    while let [first, rest @ ..] = variants {
        let variant = text(first);
        if is_respelled(variant.as_bytes(), option.as_bytes()) && !is_among(variant, options) {
            return true;
        }
        variants = rest;
    }
    false
}

const fn is_respelled(mut a: &[u8], mut b: &[u8]) -> bool {
    loop {
        (a, b) = (from_letter(a), from_letter(b));
        match (a, b) {
            ([x, a_rest @ ..], [y, b_rest @ ..]) if x.eq_ignore_ascii_case(y) => {
                (a, b) = (a_rest, b_rest);
            }
            ([], []) => return true,
            _ => return false,
        }
    }
}

/// The text from its next letter or digit on.
const fn from_letter(mut text: &[u8]) -> &[u8] {
    while let [byte, rest @ ..] = text
        && byte.is_ascii()
        && !byte.is_ascii_alphanumeric()
    {
        text = rest;
    }
    text
}
