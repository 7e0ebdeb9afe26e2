//! One record by itself.

use std::io::{self, Write};

use clarify_core::{Outcome, RawAttributes, Record};
use unicode_width::UnicodeWidthStr as _;

use super::{Columns, Form, Output, Shown, stdout, text};

/// Shows one record: a field in each line for people, one object as JSON, a sheet of one row as CSV.
pub(crate) fn show(
    form: Form,
    object: &str,
    columns: Columns,
    mut record: Record<RawAttributes>,
) -> io::Result<()> {
    let mut out = stdout(form);
    match form {
        Form::Csv => {
            let mut sheet = Output::begin(form, object, columns, out)?;
            sheet.write(record)?;
            sheet.end().map(drop)
        }
        Form::Table => details(&record, &mut out),
        Form::Json | Form::Ndjson => {
            columns.keep(&mut record.attributes);
            serde_json::to_writer(&mut out, &Shown::of(object, &record))?;
            writeln!(out)?;
            out.flush()
        }
    }
}

fn details(record: &Record<RawAttributes>, out: &mut impl Write) -> io::Result<()> {
    let id = text::plain(record.id.as_str());
    match record.outcome {
        Some(Outcome::Created) => writeln!(out, "created {id}")?,
        Some(Outcome::Matched) => writeln!(out, "matched {id}")?,
        _ => writeln!(out, "{id}")?,
    }
    let fields: Vec<(String, String)> = record
        .attributes
        .iter()
        .map(|(name, json)| (text::plain(name), text::shown(json)))
        .collect();
    let fields = || fields.iter().filter(|(_, shown)| !shown.is_empty());
    let widest = fields().map(|(name, _)| name.width()).max().unwrap_or_default();
    for (name, shown) in fields() {
        let gap = " ".repeat(widest.saturating_sub(name.width()));
        writeln!(out, "  {name}{gap}  {shown}")?;
    }
    out.flush()
}
