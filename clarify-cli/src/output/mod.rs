//! How records are shown and written.

mod columns;
mod csv;
mod listing;
mod record;
mod stdout;
mod table;
pub(crate) mod text;

use std::io::{self, IsTerminal as _, Write};

use clap::ValueEnum;
use clarify_core::{Outcome, RawAttributes, Record};
use serde::Serialize;

pub(crate) use columns::Columns;
pub(crate) use listing::listing;
pub(crate) use record::show;
pub(crate) use stdout::stdout;
pub(crate) use table::Table;

/// A form that records are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Columns for people, as wide as the terminal.
    Table,
    /// A JSON array of `{"id", "type", "attributes"}`.
    Json,
    /// Such an object in each line.
    Ndjson,
    /// Comma-separated values, with a header; the items of a collection are divided by `;`.
    Csv,
}

impl Form {
    /// What is asked for; else a table on a terminal, and JSON for programs.
    pub(crate) fn or_default(asked: Option<Self>) -> Self {
        let usual = if io::stdout().is_terminal() { Self::Table } else { Self::Json };
        asked.unwrap_or(usual)
    }

    /// Whether each field has a column, so that all of them have to be known beforehand.
    pub(crate) const fn has_columns(self) -> bool {
        matches!(self, Self::Table | Self::Csv)
    }
}

/// A record as JSON shows it.
#[derive(Serialize)]
struct Shown<'r> {
    id: &'r str,
    r#type: &'r str,
    /// What a create or an upsert did.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    attributes: &'r RawAttributes,
}

impl<'r> Shown<'r> {
    fn of(object: &'r str, record: &'r Record<RawAttributes>) -> Self {
        let Record { id, outcome, attributes, .. } = record;
        Self { id: id.as_str(), r#type: object, outcome: *outcome, attributes }
    }
}

/// Takes records one after the other, and writes them in one form. A table is written at the end, as
/// its widths depend on all of it; the others as the records come.
pub(crate) struct Output<W: Write> {
    object: String,
    columns: Columns,
    body: Body<W>,
}

enum Body<W: Write> {
    Table { table: Table, out: W },
    Json { out: W, is_empty: bool },
    Ndjson { out: W },
    Csv { sheet: csv::Sheet<W> },
}

impl<W: Write> Output<W> {
    pub(crate) fn begin(
        form: Form,
        object: &str,
        columns: Columns,
        mut out: W,
    ) -> io::Result<Self> {
        let body = match form {
            Form::Table => Body::Table { table: Table::new(columns.header()), out },
            Form::Json => {
                out.write_all(b"[")?;
                Body::Json { out, is_empty: true }
            }
            Form::Ndjson => Body::Ndjson { out },
            Form::Csv => Body::Csv { sheet: csv::Sheet::begin(columns.header(), out)? },
        };
        Ok(Self { object: object.to_owned(), columns, body })
    }

    pub(crate) fn write(&mut self, mut record: Record<RawAttributes>) -> io::Result<()> {
        let Self { object, columns, body } = self;
        columns.keep(&mut record.attributes);
        let shown = Shown::of(object, &record);
        match body {
            Body::Table { table, .. } => table.push(columns.values(&record)),
            Body::Json { out, is_empty } => {
                let before: &[u8] = if *is_empty { b"\n" } else { b",\n" };
                *is_empty = false;
                out.write_all(before)?;
                serde_json::to_writer(out, &shown)?;
            }
            Body::Ndjson { out } => {
                serde_json::to_writer(&mut *out, &shown)?;
                out.write_all(b"\n")?;
            }
            Body::Csv { sheet } => sheet.push(columns.values(&record))?,
        }
        Ok(())
    }

    /// Writes what is left, and gives back what was written to.
    pub(crate) fn end(self) -> io::Result<W> {
        let mut out = match self.body {
            Body::Table { table, mut out } => {
                table.write(&mut out)?;
                out
            }
            Body::Json { mut out, is_empty } => {
                out.write_all(if is_empty { b"]\n" } else { b"\n]\n" })?;
                out
            }
            Body::Ndjson { out } => out,
            Body::Csv { sheet } => sheet.end()?,
        };
        out.flush()?;
        Ok(out)
    }
}
