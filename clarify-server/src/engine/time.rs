//! Moments as they are kept, in milliseconds since the epoch, and as they are shown.

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;

/// How long a deleted record can be looked up, in milliseconds: 30 days.
pub(super) const DELETED_KEPT: i64 = 30 * 24 * 60 * 60 * 1000;

/// Writes a moment in ISO 8601, in UTC, with so many digits of a second.
pub(super) fn push(json: &mut String, milliseconds: i64, digits: u8) {
    let step = 10_i64.pow(3 - u32::from(digits.min(3)));
    let shown = milliseconds.div_euclid(step) * step;
    // A moment that is out of range can't come from a clock, nor from a seed, which is given as a
    // timestamp.
    let moment = Timestamp::from_millisecond(shown).unwrap_or_default();
    let printer = DateTimePrinter::new().precision(Some(digits));
    if let Err(error) = printer.print_timestamp(&moment, &mut *json) {
        tracing::error!(target: "clarify_server", %error, "a time could not be written");
    }
}

#[cfg(test)]
mod tests {
    fn shown(milliseconds: i64, digits: u8) -> String {
        let mut text = String::new();
        super::push(&mut text, milliseconds, digits);
        text
    }

    #[test]
    fn times_are_cut_and_never_rounded_up() {
        assert_eq!(shown(1_709_294_400_999, 0), "2024-03-01T12:00:00Z");
        assert_eq!(shown(1_709_294_400_999, 3), "2024-03-01T12:00:00.999Z");
        assert_eq!(shown(-1, 0), "1969-12-31T23:59:59Z");
    }
}
