//! Moments as they are kept, in milliseconds since the epoch, and as they are shown.

use std::ops::Range;

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;

/// How long a deleted record can be looked up, in milliseconds: 30 days.
pub(super) const DELETED_KEPT: i64 = 30 * 24 * 60 * 60 * 1000;

/// Writes moments, and writes one that comes again as it did before: the records of a page have few.
/// As each has two, when it was made and when it was changed, two are remembered.
#[derive(Clone)]
pub(super) struct Times {
    digits: u8,
    /// The moments that are shown alike, and how.
    last: [Option<(Range<i64>, String)>; 2],
}

impl Times {
    /// Writes moments with so many digits of a second.
    pub(super) const fn new(digits: u8) -> Self {
        Self { digits, last: [None, None] }
    }

    /// Writes a moment in ISO 8601, in UTC.
    pub(super) fn push(&mut self, json: &mut String, milliseconds: i64) {
        let mut known = self.last.iter().flatten();
        if let Some((_, text)) = known.find(|(moments, _)| moments.contains(&milliseconds)) {
            return json.push_str(text);
        }
        let step = 10_i64.pow(3 - u32::from(self.digits.min(3)));
        let (shown, start) = (milliseconds.div_euclid(step) * step, json.len());
        print(json, shown, self.digits);
        self.last.swap(0, 1);
        let moments = shown..shown.saturating_add(step);
        self.last[0] = json.get(start..).map(|text| (moments, text.to_owned()));
    }
}

fn print(json: &mut String, milliseconds: i64, digits: u8) {
    // A moment that is out of range can't come from a clock, nor from a seed, which is given as a
    // timestamp.
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    let printer = DateTimePrinter::new().precision(Some(digits));
    if let Err(error) = printer.print_timestamp(&moment, &mut *json) {
        tracing::error!(target: "clarify_server", %error, "a time could not be written");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(milliseconds: i64, digits: u8) -> String {
        let mut text = String::new();
        Times::new(digits).push(&mut text, milliseconds);
        text
    }

    #[test]
    fn a_moment_that_comes_again_is_shown_again() {
        let (mut times, mut text) = (Times::new(0), String::new());
        for milliseconds in [0, 999, 1000, 0] {
            times.push(&mut text, milliseconds);
        }
        let [first, second] = ["1970-01-01T00:00:00Z", "1970-01-01T00:00:01Z"];
        assert_eq!(text, [first, first, second, first].concat());
    }

    #[test]
    fn times_are_cut_and_never_rounded_up() {
        assert_eq!(shown(1_709_294_400_999, 0), "2024-03-01T12:00:00Z");
        assert_eq!(shown(1_709_294_400_999, 3), "2024-03-01T12:00:00.999Z");
        assert_eq!(shown(-1, 0), "1969-12-31T23:59:59Z");
    }
}
