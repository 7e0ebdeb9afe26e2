//! Moments as they are kept, in milliseconds since the epoch, and as they are shown.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::Offset;

/// How long a deleted record can be looked up, in milliseconds: 30 days.
pub(super) const DELETED_KEPT: i64 = 30 * 24 * 60 * 60 * 1000;

/// Writes a moment in ISO 8601, in UTC, with so many digits of a second.
pub(super) fn push(json: &mut String, milliseconds: i64, digits: u8) {
    let step = 10_i64.pow(3 - u32::from(digits.min(3)));
    let shown = milliseconds.div_euclid(step) * step;
    // A moment that is out of range can't come from a clock, nor from a seed, which is given as a
    // timestamp.
    let moment = Timestamp::from_millisecond(shown).unwrap_or_default();
    let civil = Offset::UTC.to_datetime(moment);
    match u32::try_from(civil.year()) {
        // Every record has two of them, so these are written without a printer's choices.
        Ok(year) if digits == 0 => push_plain(json, year, civil),
        _ => print(json, moment, digits),
    }
}

fn push_plain(json: &mut String, year: u32, civil: DateTime) {
    let [y1, y2] = pair(year / 100);
    let [y3, y4] = pair(year);
    let parts = [civil.month(), civil.day(), civil.hour(), civil.minute(), civil.second()];
    let [[m1, m2], [d1, d2], [h1, h2], [i1, i2], [s1, s2]] =
        parts.map(|part| pair(part.unsigned_abs().into()));
    let text = [
        y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2, b'Z',
    ];
    json.push_str(std::str::from_utf8(&text).unwrap_or_default());
}

/// The last two digits of a number.
fn pair(number: u32) -> [u8; 2] {
    [number / 10 % 10, number % 10].map(|digit| b'0' + u8::try_from(digit).unwrap_or_default())
}

fn print(json: &mut String, moment: Timestamp, digits: u8) {
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

    #[test]
    fn every_second_is_written_as_the_printer_would() {
        let days = 86_400_000_i64;
        for moment in (-800_000 * days..2_900_000 * days).step_by(97_654_321_987) {
            let second = jiff::Timestamp::from_second(moment.div_euclid(1000)).unwrap();
            assert_eq!(shown(moment, 0), second.to_string());
        }
    }
}
