//! jiff's [`Date`] for days and [`Timestamp`] for moments; behind features, chrono's and time's.

use clarify_schema::Kind;
use jiff::Timestamp;
use jiff::civil::Date;

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
                out.shown_text($write(self)?);
                Ok(())
            }
        }
    )*};
}

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "time")]
mod time;

const DATE: &str = "a date as `YYYY-MM-DD`";
const DATE_TIME: &str = "a date-time as ISO 8601";

days_or_moments! {
    Date: Date, DATE, |text| text.parse().ok(), |day: &Date| day_of(day.year().into(), *day);
    Timestamp: DateTime, DATE_TIME, |text| text.parse().ok(), |at: &Timestamp| Ok(*at);
}

fn parse<T>(wire: Wire<'_>, what: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Mismatch> {
    match wire {
        Wire::Text(text) => read(text),
        Wire::Json(_) => None,
    }
    .ok_or_else(|| Mismatch::expected(what, wire))
}

/// A day as the API writes it, which has no room for other years.
fn day_of<D: std::fmt::Display>(year: i32, day: D) -> Result<D, Mismatch> {
    if (0..=9999).contains(&year) {
        return Ok(day);
    }
    Err(Mismatch::new(format!("the year of `{day}` is not one of four digits")))
}
