//! The file of rows that were not written, which can be mended and imported again.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::kept::Kept;
use super::mapping::{ITEM, LINE, REASON, TEXT};
use super::read::{Cell, Row, Source};

/// Rows that were not written, each with its line and the reason, in the form of the input.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(super) file: Kept,
    /// The names of the columns, and whether each is written.
    columns: Vec<(String, bool)>,
    /// Nothing for JSON.
    delimiter: Option<u8>,
}

impl Refused {
    /// The rows so far are the first `length` bytes.
    pub(crate) fn open(path: &Path, source: &Source, length: u64) -> io::Result<Self> {
        let is_ours = |name: &str| matches!(name, LINE | ITEM | REASON | TEXT);
        let columns = source.columns.iter().map(|name| (name.clone(), !is_ours(name))).collect();
        let delimiter = source.reading.layout.as_ref().map(|layout| layout.delimiter);
        let delimiter = delimiter.map(|delimiter| u8::try_from(delimiter).unwrap_or(b','));
        Ok(Self { file: Kept::open(path, length)?, columns, delimiter })
    }

    pub(crate) fn add(&mut self, row: &Row, reason: &str) -> io::Result<()> {
        let mut bytes = Vec::new();
        if self.file.length() == 0 {
            self.header(&mut bytes)?;
        }
        match self.delimiter {
            Some(delimiter) => self.record(&mut bytes, delimiter, row, reason)?,
            None => self.object(&mut bytes, row, reason)?,
        }
        self.file.add(&bytes)
    }

    fn header(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let Some(delimiter) = self.delimiter else { return Ok(()) };
        let names = self.columns.iter().filter(|(_, is_written)| *is_written);
        let names = names.map(|(name, _)| name.as_str()).chain([LINE, REASON, TEXT]);
        write_record(out, delimiter, names)
    }

    fn record(&self, out: &mut Vec<u8>, delimiter: u8, row: &Row, reason: &str) -> io::Result<()> {
        let line = row.place.line.to_string();
        let cells: Vec<&str> = self.cells(row).map(|(_, cell)| cell.shown()).collect();
        // A row with too few cells has as many as the others here.
        let width = self.columns.iter().filter(|(_, is_written)| *is_written).count();
        let missing = std::iter::repeat_n("", width.saturating_sub(cells.len()));
        let own = [line.as_str(), reason, row.text.as_deref().unwrap_or_default()];
        write_record(out, delimiter, cells.iter().copied().chain(missing).chain(own))
    }

    fn object(&self, out: &mut Vec<u8>, row: &Row, reason: &str) -> io::Result<()> {
        out.push(b'{');
        for (name, cell) in self.cells(row) {
            let json = match cell {
                Cell::Absent => continue,
                Cell::Text(text) => Value::from(text.as_str()).to_string(),
                Cell::Json(json) => json.get().to_owned(),
            };
            write!(out, "{}:{json},", Value::from(name))?;
        }
        let text = row.text.as_deref().map(|text| (TEXT.to_owned(), Value::from(text)));
        let item = row.place.item.map(|item| (ITEM.to_owned(), Value::from(item.get())));
        let line = (LINE.to_owned(), Value::from(row.place.line));
        let reason = (REASON.to_owned(), Value::from(reason));
        let own = Map::from_iter(text.into_iter().chain([line]).chain(item).chain([reason]));
        let own = Value::from(own).to_string();
        writeln!(out, "{}", own.trim_start_matches('{'))
    }

    fn cells<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = (&'r str, &'r Cell)> {
        let cells = self.columns.iter().zip(&row.cells);
        cells.filter(|((_, is_written), _)| *is_written).map(|((name, _), cell)| (&**name, cell))
    }
}

fn write_record<'c>(
    out: &mut Vec<u8>,
    delimiter: u8,
    cells: impl Iterator<Item = &'c str>,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    writer.write_record(cells)?;
    writer.flush()
}

/// A name beside the input that is free: `orders.refused.csv`, then `orders.refused-2.csv`, also where
/// the input is the first of these.
pub(crate) fn beside(input: &Path, word: &str, is_json: bool) -> PathBuf {
    let stem = input.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stem = stem_of(&stem);
    let ending = if is_json { "ndjson" } else { "csv" };
    let first = input.with_file_name(format!("{stem}.{word}.{ending}"));
    let others = (2_u32..).map(|n| input.with_file_name(format!("{stem}.{word}-{n}.{ending}")));
    std::iter::once(first.clone()).chain(others).find(|path| !path.exists()).unwrap_or(first)
}

/// The name that a file of rows had before any of them was not written.
fn stem_of(name: &str) -> &str {
    let Some((stem, last)) = name.rsplit_once('.') else { return name };
    let (word, number) = last.split_once('-').unwrap_or((last, "2"));
    let is_ours = matches!(word, "refused" | "uncertain") && number.parse::<u32>().is_ok();
    if is_ours { stem } else { name }
}
