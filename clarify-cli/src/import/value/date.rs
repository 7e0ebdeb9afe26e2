//! Days and moments in the forms that people write.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// In which order `04/07/1996` is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Form {
    /// Nothing in the column is in doubt.
    #[default]
    Clear,
    DayFirst,
    MonthFirst,
    /// What the user says, and the same as `strptime` has it.
    Given {
        said: String,
        format: String,
    },
}

impl Form {
    /// The form that the user means: `DD.MM.YYYY`, or `%d.%m.%Y`.
    pub(crate) fn given(text: &str) -> Self {
        let said = text.to_owned();
        if text.contains('%') {
            return Self::Given { format: said.clone(), said };
        }
        let parts = [
            ("YYYY", "%Y"),
            ("yyyy", "%Y"),
            ("YY", "%y"),
            ("MMM", "%b"),
            ("MM", "%m"),
            ("DD", "%d"),
            ("dd", "%d"),
            ("hh", "%H"),
            ("HH", "%H"),
            ("mm", "%M"),
            ("ss", "%S"),
            ("M/", "%m/"),
            ("D/", "%d/"),
        ];
        let format = parts.iter().fold(said.clone(), |text, (word, code)| text.replace(word, code));
        Self::Given { said, format }
    }

    pub(crate) fn word(&self) -> &str {
        match self {
            Self::Clear => "as it is written",
            Self::DayFirst => "the day before the month",
            Self::MonthFirst => "the month before the day",
            Self::Given { said, .. } => said,
        }
    }
}

/// What the days of a column say of their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Votes {
    day_first: u64,
    month_first: u64,
    /// A day that may be either: `04/07/1996`.
    either: Option<String>,
}

impl Votes {
    pub(crate) fn take(&mut self, text: &str) {
        let Some((first, second, _)) = in_doubt(text) else { return };
        match (first > 12, second > 12) {
            (true, false) => self.day_first += 1,
            (false, true) => self.month_first += 1,
            _ if first != second => drop(self.either.get_or_insert_with(|| text.to_owned())),
            _ => {}
        }
    }

    /// The form of the column; or a day that may be either, where nothing decides.
    pub(crate) fn form(&self) -> Result<Form, String> {
        match (self.day_first, self.month_first, &self.either) {
            (0, 0, None) => Ok(Form::Clear),
            (0, 0, Some(day)) => Err(day.clone()),
            (day, month, _) if day >= month => Ok(Form::DayFirst),
            _ => Ok(Form::MonthFirst),
        }
    }
}

/// A day, and the time of day if one is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) date: Date,
    pub(crate) time: Option<Time>,
    offset: Option<Offset>,
}

impl Moment {
    /// `1996-07-04`
    pub(crate) fn day(&self) -> String {
        self.date.to_string()
    }

    /// `1996-07-04T00:00:00Z`: where nothing else is said, the clock is that of the zone.
    pub(crate) fn instant(&self, zone: &TimeZone) -> Result<String, String> {
        let clock = DateTime::from_parts(self.date, self.time.unwrap_or_default());
        let zone = self.offset.map_or_else(|| zone.clone(), TimeZone::fixed);
        let instant = zone.to_timestamp(clock).map_err(|error| error.to_string())?;
        Ok(instant.to_string())
    }

    /// Whether a day alone would lose something.
    pub(crate) fn has_time_of_day(&self) -> bool {
        self.time.is_some_and(|time| time != Time::midnight())
    }
}

/// Reads a day, with a time of day or without.
pub(crate) fn read(text: &str, form: &Form) -> Result<Moment, String> {
    let text = text.trim();
    let (date, rest) = match form {
        Form::Given { said, format } => return given(text, said, format),
        _ => numeric(text, form)?.map_or_else(|| named(text), Ok)?,
    };
    let (time, offset) =
        time_of_day(rest).ok_or_else(|| format!("`{text}` has no time of day as `hh:mm:ss`"))?;
    Ok(Moment { date, time, offset })
}

fn given(text: &str, said: &str, format: &str) -> Result<Moment, String> {
    let wrong = |_| format!("`{text}` is no date as `{said}`");
    let parts = BrokenDownTime::parse(format, text).map_err(wrong)?;
    let date = parts.to_date().map_err(wrong)?;
    Ok(Moment { date, time: parts.to_time().ok(), offset: parts.offset() })
}

/// A date of digits, and what stands behind it.
fn numeric<'t>(text: &'t str, form: &Form) -> Result<Option<(Date, &'t str)>, String> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !"./-".contains(c)).unwrap_or(text.len());
    let (day, rest) = text.split_at(end);
    let Some((first, second, third)) = parts(day) else { return Ok(None) };
    let wrong = || format!("`{text}` is no day of the calendar");
    let number = |part: &str| part.parse::<i16>().map_err(|_| wrong());
    let (year, month, day) = match (first.len(), third.len()) {
        (4, _) => (first, second, third),
        (_, 4) if day.contains('.') => (third, second, first),
        (_, 4) if number(first)? > 12 || *form == Form::DayFirst => (third, second, first),
        (_, 4) if number(second)? > 12 || *form == Form::MonthFirst => (third, first, second),
        // The fourth of April, in either order.
        (_, 4) if first == second => (third, first, second),
        (_, 4) => return Err(format!("`{text}` may be a day in two months: say `--date-format`")),
        _ => return Err(format!("`{text}` has a year of two digits: say `--date-format`")),
    };
    let small = |part| number(part).and_then(|n| i8::try_from(n).map_err(|_| wrong()));
    let date = Date::new(number(year)?, small(month)?, small(day)?).map_err(|_| wrong())?;
    Ok(Some((date, rest)))
}

/// The three parts of a date of digits.
fn parts(day: &str) -> Option<(&str, &str, &str)> {
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        return Some((day.get(..4)?, day.get(4..6)?, day.get(6..)?));
    }
    let divider = day.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = day.split(divider);
    let found = (parts.next()?, parts.next()?, parts.next()?);
    let is_number =
        |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let all = [found.0, found.1, found.2].into_iter().all(is_number);
    (all && parts.next().is_none()).then_some(found)
}

/// The two parts of which either may be the day, and the year.
fn in_doubt(text: &str) -> Option<(i16, i16, i16)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && !"./-".contains(c)).unwrap_or(text.len());
    let (first, second, third) = parts(text.get(..end)?)?;
    let is_in_doubt = first.len() <= 2 && third.len() == 4 && !text.get(..end)?.contains('.');
    let number = |part: &str| part.parse::<i16>().ok();
    is_in_doubt.then_some((number(first)?, number(second)?, number(third)?))
}

/// A date with the name of its month, and what stands behind it.
fn named(text: &str) -> Result<(Date, &str), String> {
    let forms = [
        "%d %b %Y",
        "%d %B %Y",
        "%d. %B %Y",
        "%d-%b-%Y",
        "%b %d, %Y",
        "%B %d, %Y",
        "%b %d %Y",
        "%a, %d %b %Y",
    ];
    let found = forms.iter().find_map(|form| {
        let (parts, end) = BrokenDownTime::parse_prefix(form, text).ok()?;
        Some((parts.to_date().ok()?, text.get(end..)?))
    });
    found.ok_or_else(|| format!("`{text}` is no date as `YYYY-MM-DD`"))
}

/// The time of day and its offset from UTC. Where there is none, nothing; `None` if it can't be read.
fn time_of_day(text: &str) -> Option<(Option<Time>, Option<Offset>)> {
    let text = text.trim_start_matches(['T', 't', ',']).trim();
    if text.is_empty() {
        return Some((None, None));
    }
    let forms = ["%I:%M:%S %p", "%I:%M %p", "%H:%M:%S%.f", "%H:%M"];
    let (time, rest) = forms.iter().find_map(|form| {
        let (parts, end) = BrokenDownTime::parse_prefix(form, text).ok()?;
        Some((parts.to_time().ok()?, text.get(end..)?.trim()))
    })?;
    match rest {
        "" => Some((Some(time), None)),
        "Z" | "z" | "UTC" | "GMT" => Some((Some(time), Some(Offset::UTC))),
        offset => {
            let form = if offset.contains(':') { "%:z" } else { "%z" };
            Some((Some(time), Some(BrokenDownTime::parse(form, offset).ok()?.offset()?)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, form: &Form) -> String {
        read(text, form).map_or_else(|error| error, |moment| moment.day())
    }

    #[test]
    fn days_are_read_in_the_forms_that_people_write() {
        for text in [
            "1996-07-04",
            "1996-07-04 00:00:00.000",
            "1996-07-04T13:30:00Z",
            "1996/7/4",
            "19960704",
            "04.07.1996",
            "4.7.1996 13:30",
            "4 Jul 1996",
            "04-Jul-1996",
            "4 July 1996",
            "Jul 4, 1996",
            "July 4, 1996 1:30 PM",
        ] {
            assert_eq!(day(text, &Form::Clear), "1996-07-04", "{text}");
        }
        assert_eq!(day("04/07/1996", &Form::DayFirst), "1996-07-04");
        assert_eq!(day("07/04/1996", &Form::MonthFirst), "1996-07-04");
        assert_eq!(day("7/14/1996", &Form::Clear), "1996-07-14");
        assert_eq!(day("04-07-96", &Form::given("DD-MM-YY")), "1996-07-04");
        assert_eq!(day("04/07/1996", &Form::given("%d/%m/%Y")), "1996-07-04");
    }

    #[test]
    fn what_is_no_day_says_so() {
        for (text, expected) in [
            ("04/07/1996", "may be a day in two months"),
            ("04/07/96", "a year of two digits"),
            ("1996-02-30", "no day of the calendar"),
            ("soon", "no date as `YYYY-MM-DD`"),
            ("1996-07-04 noon", "no time of day"),
            ("12", "no date as"),
        ] {
            assert!(
                day(text, &Form::Clear).contains(expected),
                "{text}: {}",
                day(text, &Form::Clear)
            );
        }
    }

    #[test]
    fn moments_are_told_in_utc() {
        let instant =
            |text: &str| read(text, &Form::Clear).unwrap().instant(&TimeZone::UTC).unwrap();
        assert_eq!(instant("1996-07-04"), "1996-07-04T00:00:00Z");
        assert_eq!(instant("1996-07-04 13:30"), "1996-07-04T13:30:00Z");
        assert_eq!(instant("1996-07-04T13:30:00.5+02:00"), "1996-07-04T11:30:00.5Z");
        assert_eq!(instant("1996-07-04 1:30:05 PM +0200"), "1996-07-04T11:30:05Z");
    }

    fn form(texts: &[&str]) -> Result<Form, String> {
        let mut votes = Votes::default();
        texts.iter().for_each(|text| votes.take(text));
        votes.form()
    }

    #[test]
    fn the_order_follows_from_the_column() {
        assert_eq!(form(&["1996-07-04", "04.07.1996"]), Ok(Form::Clear));
        assert_eq!(form(&["04/07/1996", "24/07/1996"]), Ok(Form::DayFirst));
        assert_eq!(form(&["04/07/1996", "07/24/1996"]), Ok(Form::MonthFirst));
        assert_eq!(form(&["04/04/1996"]), Ok(Form::Clear));
        assert_eq!(form(&["04/07/1996", "1996-07-04"]), Err("04/07/1996".to_owned()));
    }
}
