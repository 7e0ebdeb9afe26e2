//! Records as comma-separated values.

use std::borrow::Cow;
use std::io::{self, Write};

use super::text;

/// A sheet that is written row by row.
pub(super) struct Sheet<W: Write>(Box<csv::Writer<W>>);

impl<W: Write> Sheet<W> {
    pub(super) fn begin(header: Vec<String>, out: W) -> io::Result<Self> {
        let mut sheet = csv::Writer::from_writer(out);
        sheet.write_record(header)?;
        Ok(Self(Box::new(sheet)))
    }

    pub(super) fn push(&mut self, values: Vec<Cow<'_, str>>) -> io::Result<()> {
        Ok(self.0.write_record(values.iter().map(|json| text::exact(json)))?)
    }

    pub(super) fn end(self) -> io::Result<W> {
        self.0.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}
