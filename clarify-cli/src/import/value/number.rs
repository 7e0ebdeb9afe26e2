//! Numbers in the forms that people write: `1,234.50`, `1.234,50`, `€ 12`, `(12.50)`.

use clap::ValueEnum;
use clarify_schema::{Decimal, DecimalError};
use serde::{Deserialize, Serialize};

/// What divides the whole part of a number from its fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mark {
    /// `1,234.50`
    #[default]
    Point,
    /// `1.234,50`
    Comma,
}

impl Mark {
    const fn decimal(self) -> char {
        if matches!(self, Self::Point) { '.' } else { ',' }
    }

    const fn group(self) -> char {
        if matches!(self, Self::Point) { ',' } else { '.' }
    }

    pub(crate) const fn word(self) -> &'static str {
        if matches!(self, Self::Point) { "point" } else { "comma" }
    }
}

/// What the numbers of a column say of their mark.
#[derive(Clone, Debug, Default)]
pub(crate) struct Votes {
    point: u64,
    comma: u64,
    /// A number that may be either: `1,234`.
    either: Option<String>,
}

impl Votes {
    pub(crate) fn take(&mut self, text: &str) {
        let Some(number) = Bare::of(text) else { return };
        match (number.fits(Mark::Point), number.fits(Mark::Comma)) {
            (true, true) if number.has_comma() => {
                self.either.get_or_insert_with(|| text.to_owned());
            }
            (true, false) => self.point += 1,
            (false, true) => self.comma += 1,
            _ => {}
        }
    }

    /// The mark of the column; or a number that may be either, where nothing decides.
    pub(crate) fn mark(&self) -> Result<Mark, String> {
        match (self.point, self.comma, &self.either) {
            (0, 0, Some(number)) => Err(number.clone()),
            (point, comma, _) if comma > point => Ok(Mark::Comma),
            _ => Ok(Mark::Point),
        }
    }
}

/// The number as JSON writes it, with each of its digits.
pub(crate) fn read(text: &str, mark: Mark) -> Result<String, String> {
    let wrong = || format!("`{text}` is no number");
    let number = Bare::of(text).ok_or_else(wrong)?;
    if !number.fits(mark) {
        let other = if mark == Mark::Point { Mark::Comma } else { Mark::Point };
        return Err(match number.fits(other) {
            true => format!("{}: the decimal mark of this column is a {}", wrong(), mark.word()),
            false => wrong(),
        });
    }
    let json = number.json(mark);
    match json.parse::<Decimal>() {
        Ok(exact) if !number.exponent.is_empty() => Ok(exact.to_string()),
        Ok(_) => Ok(json),
        Err(DecimalError::Syntax) => Err(wrong()),
        Err(error) => Err(format!("`{text}`: {error}")),
    }
}

/// Whether a number of a JSON file can be sent.
pub(crate) fn read_json(json: &str) -> Result<(), String> {
    json.parse::<Decimal>().map(drop).map_err(|error| format!("`{json}`: {error}"))
}

/// A number without its currency: a sign, and digits with what divides them.
struct Bare {
    is_negative: bool,
    digits: String,
    /// As spreadsheets write it, `E+05`; else nothing.
    exponent: String,
}

impl Bare {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let (in_brackets, text) = match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
            Some(inner) => (true, inner),
            None => (false, text),
        };
        let (text, exponent) = exponent(text);
        let (before, text) = sign(without_currency(text));
        let (after, text) = sign(without_currency(text));
        let signs = [in_brackets, before == Some(true), after == Some(true)];
        let is_digit_or_mark = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        let digits: String = text.chars().filter(|c| !is_space(*c)).collect();
        let is_number = digits.contains(|c: char| c.is_ascii_digit())
            && digits.chars().all(is_digit_or_mark)
            && spaces_are_groups(text)
            && signs.iter().filter(|sign| **sign).count() < 2;
        let exponent = exponent.to_owned();
        is_number.then(|| Self { is_negative: signs.contains(&true), digits, exponent })
    }

    fn has_comma(&self) -> bool {
        self.digits.contains(',')
    }

    /// Whether it is well formed, if the mark is this one.
    fn fits(&self, mark: Mark) -> bool {
        let (whole, fraction) = self.parts(mark);
        let is_fraction = !fraction.contains([',', '.']);
        let mut groups = whole.split(mark.group());
        let first = groups.next().unwrap_or_default();
        let groups: Vec<&str> = groups.collect();
        let is_grouped = groups.is_empty() || (1..=3).contains(&first.len());
        is_fraction && is_grouped && groups.iter().all(|group| group.len() == 3)
    }

    fn parts(&self, mark: Mark) -> (&str, &str) {
        self.digits.split_once(mark.decimal()).unwrap_or((&self.digits, ""))
    }

    fn json(&self, mark: Mark) -> String {
        let (whole, fraction) = self.parts(mark);
        let whole = whole.replace(mark.group(), "");
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let sign = if self.is_negative { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}{}", self.exponent)
    }
}

/// The text without the power of ten at its end, and that.
fn exponent(text: &str) -> (&str, &str) {
    let place = text.rfind(['e', 'E']).and_then(|place| text.split_at_checked(place));
    let is_exponent = |(_, power): &(&str, &str)| {
        let digits = power.trim_start_matches(['e', 'E']);
        let digits = digits.strip_prefix(['+', '-']).unwrap_or(digits);
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
    };
    place.filter(is_exponent).unwrap_or((text, ""))
}

/// The text without the sign at one of its ends, and whether that was a minus.
fn sign(text: &str) -> (Option<bool>, &str) {
    let minus = |c: char| matches!(c, '-' | '\u{2212}');
    if let Some(rest) = text.strip_prefix(minus).or_else(|| text.strip_suffix(minus)) {
        return (Some(true), rest.trim_matches(is_space));
    }
    match text.strip_prefix('+') {
        Some(rest) => (Some(false), rest.trim_start_matches(is_space)),
        None => (None, text),
    }
}

/// A currency is one sign, such as `€`, or three capital letters, such as `CHF`.
fn without_currency(text: &str) -> &str {
    let text = text.trim_matches(is_space);
    let is_letter = |c: char| c.is_ascii_uppercase();
    for rest in [text.trim_start_matches(is_letter), text.trim_end_matches(is_letter)] {
        if text.len() - rest.len() == 3 {
            return rest.trim_matches(is_space);
        }
    }
    let is_sign = |c: char| "$€£¥₣₤₩₪₫₱₹₺₽₴₦".contains(c);
    let rest = text.strip_prefix(is_sign).or_else(|| text.strip_suffix(is_sign)).unwrap_or(text);
    rest.trim_matches(is_space)
}

/// What is put between groups of digits, beside a comma or a point.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '\u{2019}')
}

fn spaces_are_groups(text: &str) -> bool {
    let whole = text.split([',', '.']).next().unwrap_or_default();
    let mut groups = whole.split(is_space);
    groups.next();
    groups.all(|group| group.len() == 3)
        && !text.get(whole.len()..).is_some_and(|t| t.contains(is_space))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str) -> String {
        read(text, Mark::Point).unwrap_or_else(|error| error)
    }

    fn comma(text: &str) -> String {
        read(text, Mark::Comma).unwrap_or_else(|error| error)
    }

    #[test]
    fn numbers_are_read_in_the_forms_that_people_write() {
        for (text, expected) in [
            ("14.00", "14.00"),
            ("1,234.50", "1234.50"),
            ("1 234.50", "1234.50"),
            ("1\u{a0}234", "1234"),
            ("1'234.5", "1234.5"),
            ("€ 12", "12"),
            ("12 €", "12"),
            ("CHF 1,000", "1000"),
            ("12 EUR", "12"),
            ("(12.50)", "-12.50"),
            ("-$5", "-5"),
            ("$-5", "-5"),
            ("5-", "-5"),
            ("+7", "7"),
            ("007", "7"),
            (".5", "0.5"),
            ("5.", "5"),
            ("999999999999.9999", "999999999999.9999"),
            ("1e5", "100000"),
            ("-1.5E+03", "-1500"),
            ("12.5e-3", "0.0125"),
            ("1,234e1", "12340"),
            ("€ 1E3", "1000"),
        ] {
            assert_eq!(point(text), expected, "{text}");
        }
        assert_eq!(comma("1.234,50"), "1234.50");
        assert_eq!(comma("12,5 €"), "12.5");
        assert_eq!(comma("1,5E+03"), "1500");
        assert_eq!(comma("1.234.567"), "1234567");
    }

    #[test]
    fn what_is_no_number_says_so() {
        for text in [
            "abc", "", "1,23,4", "12%", "1.2.3", "1 2", "--5", "(-5)", "e5", "1e", "1ee5", "1e5.5",
            "1e5e5", "12.5.", "$",
        ] {
            assert_eq!(point(text), format!("`{text}` is no number"));
        }
        assert!(point("12,50").ends_with("the decimal mark of this column is a point"));
        for text in ["0.00001", "1e-5"] {
            assert!(point(text).ends_with("at most 4 digits after the point"));
        }
        assert!(point("1e99").ends_with("at most 12 digits before the point"));
    }

    fn mark(texts: &[&str]) -> Result<Mark, String> {
        let mut votes = Votes::default();
        texts.iter().for_each(|text| votes.take(text));
        votes.mark()
    }

    #[test]
    fn the_mark_follows_from_the_column() {
        assert_eq!(mark(&["1", "2"]), Ok(Mark::Point));
        assert_eq!(mark(&["1.234", "2"]), Ok(Mark::Point), "as JSON and programs write it");
        assert_eq!(mark(&["1,234", "12,5"]), Ok(Mark::Comma));
        assert_eq!(mark(&["1,234", "1,234.50"]), Ok(Mark::Point));
        assert_eq!(mark(&["1.234.567"]), Ok(Mark::Comma));
        assert_eq!(mark(&["1,234", "7"]), Err("1,234".to_owned()), "nothing decides");
    }
}
