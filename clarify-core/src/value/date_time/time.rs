//! The types of the crate `time`, behind the feature `time`.

use clarify_schema::Kind;
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, UtcOffset};

use super::{DATE, DATE_TIME, check_year, parse};
use crate::class;
use crate::value::{FieldType, Form, Mismatch, Wire, Writer};

days_or_moments! {
    Date: Date, DATE, |text| Date::parse(text, &Iso8601::DATE).ok(),
        |day: &Date, out: &mut Writer| {
            check_year(day.year(), day)?;
            out.shown(day)
        };
    OffsetDateTime: DateTime, DATE_TIME, |text| OffsetDateTime::parse(text, &Rfc3339).ok(),
        |at: &OffsetDateTime, out: &mut Writer| {
            let text = at.to_offset(UtcOffset::UTC).format(&Rfc3339);
            out.shown(text.map_err(|error| Mismatch::new(error.to_string()))?)
        };
}
