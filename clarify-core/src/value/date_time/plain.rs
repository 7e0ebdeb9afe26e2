//! Days and moments as services write them: `2024-03-01`, `2024-03-01T12:00:00Z`, or the same with
//! milliseconds. A page has some of each record, and most of what a parser does for them is to look for
//! all the other forms that there are. Those, and what is no day at all, are jiff's.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

pub(super) fn day(text: &[u8]) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let year = number([y1, y2, y3, y4])?;
    Date::new(year, small([m1, m2])?, small([d1, d2])?).ok()
}

pub(super) fn moment(text: &[u8]) -> Option<Timestamp> {
    let (date, time) = text.split_at_checked("YYYY-MM-DD".len())?;
    let &[b'T', h1, h2, b':', m1, m2, b':', s1, s2, ref fraction @ .., b'Z'] = time else {
        return None;
    };
    let milliseconds = match *fraction {
        [] => 0,
        [b'.', f1, f2, f3] => number([f1, f2, f3])?,
        _ => return None,
    };
    let nanosecond = i32::from(milliseconds) * 1_000_000;
    let time = Time::new(small([h1, h2])?, small([m1, m2])?, small([s1, s2])?, nanosecond).ok()?;
    Offset::UTC.to_timestamp(day(date)?.to_datetime(time)).ok()
}

fn small(digits: [u8; 2]) -> Option<i8> {
    number(digits)?.try_into().ok()
}

/// The number that up to four digits are.
fn number<const DIGITS: usize>(digits: [u8; DIGITS]) -> Option<i16> {
    let all = digits.iter().all(u8::is_ascii_digit);
    all.then(|| digits.iter().fold(0, |number, digit| number * 10 + i16::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_services_write_is_read() {
        let written = ["2024-02-29T23:59:59Z", "0000-01-01T00:00:00Z", "2024-03-01T12:00:00.007Z"];
        for text in written {
            assert_eq!(moment(text.as_bytes()), Some(text.parse().unwrap()));
        }
        for text in ["2024-02-29", "0000-01-01", "9999-12-31"] {
            assert_eq!(day(text.as_bytes()), Some(text.parse().unwrap()));
        }
    }

    #[test]
    fn other_forms_are_left_to_jiff() {
        let others = [
            "2024-03-01T12:00:60Z",
            "2024-03-01T24:00:00Z",
            "2024-03-01 12:00:00Z",
            "2024-03-01T12:00:00z",
            "2024-03-01T12:00:00+00:00",
            "2024-03-01T12:00:00",
            "2024-03-01T12:00:00.1Z",
            "2024-02-30T12:00:00Z",
            "2024-03-01T12:00:00.Z",
            "2024-03-01T12:00Z",
            "20240301T120000Z",
            "+2024-03-01T12:00:00Z",
            "Z",
            "",
        ];
        for text in others {
            assert_eq!(moment(text.as_bytes()), None, "{text}");
        }
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "20240301",
            "-024-01-01",
            "2024-03-01T",
            "2024-3-1",
        ] {
            assert_eq!(day(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn what_is_read_is_what_jiff_reads(
            text in "(20|99|00|-0|1)[0-9]{2}[-/][01][0-9]-[0-3][0-9][T ]?[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{2,4})?[Zz+]?"
        ) {
            if let Some(found) = moment(text.as_bytes()) {
                prop_assert_eq!(Some(found), text.parse().ok());
            }
            let start = text.split_at(10).0;
            if let Some(found) = day(start.as_bytes()) {
                prop_assert_eq!(Some(found), start.parse().ok());
            }
        }
    }
}
