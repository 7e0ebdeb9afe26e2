//! The types of the crate `time`, behind the feature `time`.

use clarify_schema::Kind;
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, UtcOffset};

use super::{DATE, DATE_TIME, parse_with};
use crate::class;
use crate::value::{FieldType, Form, Mismatch, Wire, Writer};

impl FieldType for Date {
    const KIND: Kind = Kind::Date;
    const FORM: Form = Form::Text;
    type Class = class::Time;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        parse_with(wire, DATE, |text| Self::parse(text, &Iso8601::DATE).ok())
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        if !(0..=9999).contains(&self.year()) {
            return Err(Mismatch::new(format!("the year of `{self}` has not four digits")));
        }
        out.text(&self.to_string());
        Ok(())
    }
}

impl FieldType for OffsetDateTime {
    const KIND: Kind = Kind::DateTime;
    const FORM: Form = Form::Text;
    type Class = class::Time;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        parse_with(wire, DATE_TIME, |text| Self::parse(text, &Rfc3339).ok())
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        let text = self.to_offset(UtcOffset::UTC).format(&Rfc3339);
        out.text(&text.map_err(|error| Mismatch::new(error.to_string()))?);
        Ok(())
    }
}
