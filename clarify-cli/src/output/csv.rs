//! Records as comma-separated values.

use std::borrow::Cow;
use std::io::{self, Write};

use super::text;

/// A sheet that is written row by row.
pub(super) struct Sheet<W: Write>(Box<csv::Writer<W>>);

impl<W: Write> Sheet<W> {
    pub(super) fn begin(header: Vec<String>, out: W) -> io::Result<Self> {
        let mut sheet = csv::Writer::from_writer(out);
        sheet.write_record(header).map_err(cause)?;
        Ok(Self(Box::new(sheet)))
    }

    pub(super) fn push(&mut self, values: Vec<Cow<'_, str>>) -> io::Result<()> {
        self.0.write_record(values.iter().map(|json| text::exact(json))).map_err(cause)
    }

    pub(super) fn end(self) -> io::Result<W> {
        self.0.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// What went wrong below: who waits for a broken pipe is to see one.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}
