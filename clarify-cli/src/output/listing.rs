//! Lists of other things than records.

use std::io::{self, Write as _};

use serde::Serialize;
use serde_json::Value;

use super::csv::Sheet;
use super::{Form, Table, stdout};

/// Shows a list of things: each as JSON, or as a row of values below this header.
pub(crate) fn listing<L: Serialize>(
    form: Form,
    header: &[&str],
    lines: &[L],
    row: impl Fn(&L) -> Vec<Value>,
) -> io::Result<()> {
    let mut out = stdout(form);
    let header = header.iter().map(|name| (*name).to_owned()).collect();
    let rows = lines.iter().map(|line| row(line).iter().map(|v| v.to_string().into()).collect());
    match form {
        Form::Table => {
            let mut table = Table::new(header);
            rows.for_each(|row| table.push(row));
            table.write(&mut out)?;
        }
        Form::Csv => {
            let mut sheet = Sheet::begin(header, &mut out)?;
            rows.into_iter().try_for_each(|row| sheet.push(row))?;
            sheet.end()?;
        }
        Form::Json => {
            serde_json::to_writer_pretty(&mut out, lines)?;
            writeln!(out)?;
        }
        Form::Ndjson => {
            for line in lines {
                serde_json::to_writer(&mut out, line)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()
}
