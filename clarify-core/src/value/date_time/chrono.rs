//! chrono's types, behind the feature `chrono`.

use chrono::{DateTime, Datelike as _, NaiveDate, SecondsFormat, Utc};
use clarify_schema::Kind;

use super::{DATE, DATE_TIME, day_of, parse};
use crate::class;
use crate::value::{FieldType, Form, Mismatch, Wire, Writer};

days_or_moments! {
    NaiveDate: Date, DATE, |text| text.parse().ok(), |day: &NaiveDate| day_of(day.year(), *day);
    DateTime<Utc>: DateTime, DATE_TIME, |text| text.parse().ok(), moment;
}

fn moment(at: &DateTime<Utc>) -> Result<String, Mismatch> {
    Ok(at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}
