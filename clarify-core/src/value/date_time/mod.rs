//! jiff's [`Date`] for days and [`Timestamp`] for moments; behind features, chrono's and time's.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "time")]
mod time;

use clarify_schema::Kind;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{FieldType, Form, Mismatch, Wire, Writer};
use crate::class;

const DATE: &str = "a date as `YYYY-MM-DD`";
const DATE_TIME: &str = "a date-time as ISO 8601";

impl FieldType for Date {
    const KIND: Kind = Kind::Date;
    const FORM: Form = Form::Text;
    type Class = class::Time;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        parse(wire, DATE)
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        if self.year() < 0 {
            return Err(Mismatch::new(format!("`{self}` is before the year 0")));
        }
        out.text(&self.to_string());
        Ok(())
    }
}

impl FieldType for Timestamp {
    const KIND: Kind = Kind::DateTime;
    const FORM: Form = Form::Text;
    type Class = class::Time;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        parse(wire, DATE_TIME)
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        out.text(&self.to_string());
        Ok(())
    }
}

fn parse<T: std::str::FromStr>(wire: Wire<'_>, what: &str) -> Result<T, Mismatch> {
    parse_with(wire, what, |text| text.parse().ok())
}

fn parse_with<T>(
    wire: Wire<'_>,
    what: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, Mismatch> {
    match wire {
        Wire::Text(text) => read(text),
        Wire::Json(_) => None,
    }
    .ok_or_else(|| Mismatch::expected(what, wire))
}
