//! Where a number ends.

/// What follows the number that comes first, if one does.
pub(super) fn after(json: &[u8]) -> Option<&[u8]> {
    let whole = json.strip_prefix(b"-").unwrap_or(json);
    let mut rest = whole.strip_prefix(b"0").or_else(|| after_digits(whole))?;
    if let Some(fraction) = rest.strip_prefix(b".") {
        rest = after_digits(fraction)?;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let ([b'+' | b'-', digits @ ..] | digits) = exponent;
        rest = after_digits(digits)?;
    }
    Some(rest)
}

fn after_digits(json: &[u8]) -> Option<&[u8]> {
    let count = json.iter().take_while(|byte| byte.is_ascii_digit()).count();
    json.get(count..).filter(|_| count > 0)
}
