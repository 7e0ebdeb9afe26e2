//! Values of which no more is asked for than their JSON.

use serde_core::de::IgnoredAny;

use super::scanner::{Broken, Scanner};

/// How many levels of a value that nobody asked for are passed over here. What is deeper is left to
/// `serde_json`, which takes no room on the stack for it.
const LEVELS: usize = 8;

impl<'j> Scanner<'j> {
    /// The JSON of the value that comes next.
    pub(super) fn value(&mut self) -> Result<&'j str, Broken> {
        self.peek()?;
        let before = self.rest;
        self.pass_over(LEVELS)?;
        before.get(..before.len() - self.rest.len()).ok_or(Broken::Syntax)
    }

    /// Passes over the value that comes next, and of what is in it so many levels.
    fn pass_over(&mut self, levels: usize) -> Result<(), Broken> {
        match self.peek()? {
            b'"' => self.string(),
            b't' => self.pass("true"),
            b'f' => self.pass("false"),
            b'n' => self.pass("null"),
            b'{' | b'[' if levels == 0 => self.read::<IgnoredAny>().map(drop),
            b'{' => self.members(levels - 1),
            b'[' => self.items(levels - 1),
            _ => self.number(),
        }
    }

    fn members(&mut self, levels: usize) -> Result<(), Broken> {
        self.enter();
        while self.goes_on('}')? {
            self.peek()?;
            self.string()?;
            self.expect(':')?;
            self.pass_over(levels)?;
        }
        Ok(())
    }

    fn items(&mut self, levels: usize) -> Result<(), Broken> {
        self.enter();
        while self.item()? {
            self.pass_over(levels)?;
        }
        Ok(())
    }

    #[inline]
    fn string(&mut self) -> Result<(), Broken> {
        let before = self.rest;
        self.pass("\"")?;
        if self.plain().is_none() {
            // Whoever asks for no text gets by with half a character.
            self.rest = before;
            self.read::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Broken> {
        let after = after_number(self.rest.as_bytes()).ok_or(Broken::Syntax)?;
        let length = self.rest.len() - after.len();
        self.rest = self.rest.get(length..).ok_or(Broken::Syntax)?;
        Ok(())
    }
}

/// What follows the number that comes first, if one does.
fn after_number(json: &[u8]) -> Option<&[u8]> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    fn passed_over(json: &str) -> Option<&str> {
        let mut scanner = Scanner::new(json);
        let value = scanner.value().ok()?;
        scanner.end().ok()?;
        Some(value)
    }

    fn raw(json: &str) -> Option<&str> {
        serde_json::from_str::<&RawValue>(json).ok().map(RawValue::get)
    }

    #[test]
    fn a_value_of_any_depth_ends_where_serde_json_says() {
        for depth in (0..2 * LEVELS).chain([100_000]) {
            for inside in [r#"{"a":[1,-2.5e3],"b":{}}"#, "", r#"{"a":}"#, "1,", "}", "[", "tru"] {
                let json = format!("{}{inside}{}", "[".repeat(depth), "]".repeat(depth));
                assert_eq!(passed_over(&json), raw(&json), "{depth} {inside}");
            }
        }
    }

    const PIECES: &str =
        r#"{ } [ ] , : 0 -1.5 1. true nul "a" "a":1 "b":[1,{}] "\"" "\ud83d" "\x" " "#;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn a_value_ends_where_serde_json_says(
            inside in prop::collection::vec(prop::sample::select(PIECES.split(' ').collect::<Vec<_>>()), 0..8)
        ) {
            for json in [inside.concat(), inside.join(" "), format!("[{}]", inside.concat()), format!("{{{}}}", inside.concat())] {
                prop_assert_eq!(passed_over(&json), raw(&json));
            }
        }
    }
}
