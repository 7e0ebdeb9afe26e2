//! chrono's types, behind the feature `chrono`.

use chrono::{DateTime, Datelike as _, NaiveDate, SecondsFormat, Utc};
use clarify_schema::Kind;

use super::{DATE, DATE_TIME, parse};
use crate::class;
use crate::value::{FieldType, Form, Mismatch, Wire, Writer};

impl FieldType for NaiveDate {
    const KIND: Kind = Kind::Date;
    const FORM: Form = Form::Text;
    type Class = class::Time;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        parse(wire, DATE)
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        if !(0..=9999).contains(&self.year()) {
            return Err(Mismatch::new(format!("the year of `{self}` has not four digits")));
        }
        out.text(&self.to_string());
        Ok(())
    }
}

impl FieldType for DateTime<Utc> {
    const KIND: Kind = Kind::DateTime;
    const FORM: Form = Form::Text;
    type Class = class::Time;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        parse(wire, DATE_TIME)
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        out.text(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        Ok(())
    }
}
