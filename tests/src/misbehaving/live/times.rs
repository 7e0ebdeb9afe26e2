//! Moments with milliseconds, made of moments without.

/// A moment of the service, in whole seconds, as the dialect shows it. Where it lies in the second
/// in which its record was made, it has the milliseconds of that; else none.
pub(super) fn shown(moment: &str, made_at: Option<u64>) -> Option<String> {
    let seconds = moment.parse::<jiff::Timestamp>().ok()?.as_second();
    let made_at = made_at.filter(|made| i64::try_from(made / 1000) == Ok(seconds));
    let milliseconds = made_at.unwrap_or_default() % 1000;
    Some(format!("{}.{milliseconds:03}Z", moment.strip_suffix('Z')?))
}

/// A moment to compare with, as the service has them: in whole seconds.
pub(super) fn kept(moment: &str) -> Option<String> {
    let (seconds, fraction) = moment.split_once('.')?;
    let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    Some(format!("{seconds}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_the_milliseconds_of_its_record() {
        let noon = "2024-03-01T12:00:00Z";
        assert_eq!(shown(noon, Some(1_709_294_400_537)).unwrap(), "2024-03-01T12:00:00.537Z");
        assert_eq!(shown(noon, Some(1_709_294_401_537)).unwrap(), "2024-03-01T12:00:00.000Z");
        assert_eq!(shown(noon, None).unwrap(), "2024-03-01T12:00:00.000Z");
    }

    #[test]
    fn a_moment_loses_its_fraction() {
        assert_eq!(kept("2024-03-01T12:00:00.537Z").unwrap(), "2024-03-01T12:00:00Z");
        assert_eq!(kept("2024-03-01T12:00:00.5+01:00").unwrap(), "2024-03-01T12:00:00+01:00");
        assert_eq!(kept("2024-03-01"), None);
    }
}
