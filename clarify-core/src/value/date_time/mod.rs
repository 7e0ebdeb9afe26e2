//! jiff's [`Date`] for days and [`Timestamp`] for moments; behind features, chrono's and time's.

use clarify_schema::Kind;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::temporal::DateTimePrinter;

use super::{FieldType, Form, Mismatch, Wire, Writer};
use crate::class;

/// A type that stands on the wire as a text: how it is read and written.
macro_rules! days_or_moments {
    ($($type:ty: $kind:ident, $what:expr, $read:expr, $write:expr;)*) => {$(
        impl FieldType for $type {
            const KIND: Kind = Kind::$kind;
            const FORM: Form = Form::Text;
            type Class = class::Time;

            fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
                parse(wire, $what, $read)
            }

            fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
                $write(self, out)
            }
        }
    )*};
}

#[cfg(feature = "chrono")]
mod chrono;
mod plain;
#[cfg(feature = "time")]
mod time;

const DATE: &str = "a date as `YYYY-MM-DD`";
const DATE_TIME: &str = "a date-time as ISO 8601";

days_or_moments! {
    Date: Date, DATE, day, |day: &Date, out: &mut Writer| {
        check_year(day.year().into(), day)?;
        out.quoted(|json| PRINTER.print_date(day, json))
    };
    Timestamp: DateTime, DATE_TIME, moment, |at: &Timestamp, out: &mut Writer| {
        out.quoted(|json| PRINTER.print_timestamp(at, json))
    };
}

/// A day in any form that jiff reads.
fn day(text: &str) -> Option<Date> {
    plain::day(text.as_bytes()).or_else(|| text.parse().ok())
}

/// A moment in any form that jiff reads.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    plain::moment(text.as_bytes()).or_else(|| text.parse().ok())
}

static PRINTER: DateTimePrinter = DateTimePrinter::new();

fn parse<T>(wire: Wire<'_>, what: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Mismatch> {
    match wire {
        Wire::Text(text) => read(text),
        Wire::Json(_) => None,
    }
    .ok_or_else(|| Mismatch::expected(what, wire))
}

/// The API has no room for other years.
fn check_year(year: i32, day: impl std::fmt::Display) -> Result<(), Mismatch> {
    if (0..=9999).contains(&year) {
        return Ok(());
    }
    Err(Mismatch::new(format!("the year of `{day}` is not one of four digits")))
}
