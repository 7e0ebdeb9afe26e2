//! The types of the crate `time`, behind the feature `time`.

use clarify_schema::Kind;
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, UtcOffset};

use super::{DATE, DATE_TIME, day_of, parse};
use crate::class;
use crate::value::{FieldType, Form, Mismatch, Wire, Writer};

days_or_moments! {
    Date: Date, DATE, |text| Date::parse(text, &Iso8601::DATE).ok(),
        |day: &Date| day_of(day.year(), *day);
    OffsetDateTime: DateTime, DATE_TIME, |text| OffsetDateTime::parse(text, &Rfc3339).ok(), moment;
}

fn moment(at: &OffsetDateTime) -> Result<String, Mismatch> {
    let text = at.to_offset(UtcOffset::UTC).format(&Rfc3339);
    text.map_err(|error| Mismatch::new(error.to_string()))
}
