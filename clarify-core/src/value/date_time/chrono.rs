//! chrono's types, behind the feature `chrono`.

use chrono::{DateTime, Datelike as _, NaiveDate, SecondsFormat, Utc};
use clarify_schema::Kind;

use super::{DATE, DATE_TIME, check_year, parse};
use crate::class;
use crate::value::{FieldType, Form, Mismatch, Wire, Writer};

days_or_moments! {
    NaiveDate: Date, DATE, |text| text.parse().ok(), |day: &NaiveDate, out: &mut Writer| {
        check_year(day.year(), day)?;
        out.shown(day)
    };
    DateTime<Utc>: DateTime, DATE_TIME, |text| text.parse().ok(), |at: &DateTime<Utc>, out: &mut Writer| {
        out.shown(at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    };
}
