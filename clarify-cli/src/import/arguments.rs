//! What `clarify import` can be told.

use std::path::PathBuf;

use super::link::Wanted;
use super::outputs::Files;
use super::read::{Format, Options};
use super::report::NAMED;
use super::value::number::Mark;
use crate::connection;

/// Imports records from a file: CSV, JSON or NDJSON.
///
/// A row that has a value in the object's unique field updates the record with the same value, or
/// makes one; any other row makes a record. What goes where is shown before anything is sent.
/// Interrupted in whatever way, the same command goes on where it stood.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The object: `person`, `c_sales_order` … It may be left out where `--mapping` names it.
    #[arg(required_unless_present = "resume")]
    pub(super) object: Option<String>,
    /// The file; `-` is the standard input.
    #[arg(required_unless_present_any = ["resume", "mapping"])]
    pub(super) file: Option<PathBuf>,
    /// Say what would become of each row, and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Take the mapping as it is shown.
    #[arg(long, short = 'y')]
    pub(super) yes: bool,
    #[command(flatten)]
    pub(super) mapping: Mapping,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) values: Values,
    #[command(flatten)]
    pub(super) running: Running,
    #[command(flatten)]
    pub(super) connection: connection::Arguments,
}

impl Arguments {
    /// Whether records are written.
    pub(super) const fn writes(&self) -> bool {
        !self.dry_run && self.mapping.save_mapping.is_none()
    }

    /// How many refused rows are named: all in a file of the report.
    pub(super) const fn named(&self) -> usize {
        if self.running.report.is_some() { usize::MAX } else { NAMED }
    }

    /// What the journal is to the user.
    pub(super) const fn journal(&self) -> &'static str {
        match (&self.running.journal, &self.running.resume) {
            (Some(_), _) => "--journal",
            (None, Some(_)) => "--resume",
            (None, None) => "the journal",
        }
    }

    /// The files that are named to be written.
    pub(super) fn outputs(&self) -> Files<'_> {
        let Running { refused, report, ids, .. } = &self.running;
        let files = [
            ("--refused", refused),
            ("--ids", ids),
            ("--report", report),
            ("--save-mapping", &self.mapping.save_mapping),
        ];
        let named = files.into_iter().map(|(flag, path)| Some((flag, path.as_deref()?)));
        named.flatten().collect()
    }
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Mapping")]
pub(super) struct Mapping {
    /// The field that a column goes to; with an empty one the column is left out. May be repeated.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub(super) map: Vec<String>,
    /// A file with a mapping.
    #[arg(long, value_name = "FILE")]
    pub(super) mapping: Option<PathBuf>,
    /// Write the mapping into a file, to be changed and used again, and end.
    #[arg(long, value_name = "FILE")]
    pub(super) save_mapping: Option<PathBuf>,
    /// Leave out columns that go to no field.
    #[arg(long)]
    pub(super) ignore_unmapped: bool,
    /// Name the record that a link leads to by another field than its id, as
    /// `company_id=company.customer_code`. May be repeated.
    #[arg(long, value_name = "FIELD=OBJECT.FIELD")]
    pub(super) link: Vec<Wanted>,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct Reading {
    /// What the file is; else its name or its beginning says it.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// The encoding, such as `windows-1252`; else a byte-order mark says it, or UTF-8 if it is that.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// What divides cells, `tab` among others; else the header and the first rows say it.
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<char>,
    /// Refuse rows whose cells hold the delimiter without quotes, also where it can be told.
    #[arg(long)]
    no_rejoin: bool,
}

impl Reading {
    pub(super) fn options(&self) -> Options {
        Options {
            format: self.format,
            encoding: self.encoding.clone(),
            delimiter: self.delimiter,
            never_rejoins: self.no_rejoin,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Values")]
pub(super) struct Values {
    /// A word that stands for no value, in place of `NULL`, `\N` and `#N/A`. May be repeated.
    #[arg(long, value_name = "WORD")]
    pub(super) null: Vec<String>,
    /// What divides the items of a collection in a cell.
    #[arg(long, value_name = "TEXT", default_value = ";")]
    pub(super) separator: String,
    /// The decimal mark, of all numbers or of one field's; else the numbers of a column say it.
    #[arg(long, value_name = "[FIELD=]point|comma", value_parser = decimal)]
    pub(super) decimal: Vec<(Option<String>, Mark)>,
    /// The form of dates, as `DD/MM/YYYY` or `%d/%m/%Y`, of all or of one field's; else the dates of
    /// a column say it.
    #[arg(long, value_name = "[FIELD=]FORM", value_parser = date_form)]
    pub(super) date_format: Vec<(Option<String>, String)>,
    /// Where the clock is that times without an offset are of, as `Europe/Berlin`.
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub(super) time_zone: String,
    /// Clear what a record that is matched has where the cell is empty, in place of keeping it.
    #[arg(long)]
    pub(super) clear_empty: bool,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Running")]
pub(super) struct Running {
    /// How many batches of 25 are under way at once.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(super) concurrency: u16,
    /// How long a batch is tried while the service fails or can't be reached.
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    pub(super) patience: u32,
    /// Stop once this run has had more rows than this refused, unless none is left behind them.
    #[arg(long, value_name = "N")]
    pub(super) max_errors: Option<u64>,
    /// Where refused rows go; else beside the input.
    #[arg(long, value_name = "FILE")]
    pub(super) refused: Option<PathBuf>,
    /// Write the whole report into a file, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
    /// Write the id of the record of each row into a file: a JSON object in each line.
    #[arg(long, value_name = "FILE")]
    pub(super) ids: Option<PathBuf>,
    /// Where the import keeps how far it has come; else beside the input.
    #[arg(long, value_name = "FILE")]
    pub(super) journal: Option<PathBuf>,
    /// Go on with the import of this journal.
    #[arg(long, value_name = "JOURNAL", conflicts_with_all = ["object", "file", "journal", "dry_run", "map", "mapping", "save_mapping", "link"])]
    pub(super) resume: Option<PathBuf>,
    /// Forget how far an earlier run has come, and begin with the first row.
    #[arg(long)]
    pub(super) restart: bool,
}

fn delimiter(text: &str) -> Result<char, String> {
    let mut chars = text.chars();
    match (text, chars.next(), chars.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(char), None) if char.is_ascii() && char != '"' => Ok(char),
        _ => Err("expected one character of ASCII, or `tab`".to_owned()),
    }
}

fn decimal(text: &str) -> Result<(Option<String>, Mark), String> {
    let (field, mark) = of_field(text);
    match mark {
        "point" | "." => Ok((field, Mark::Point)),
        "comma" | "," => Ok((field, Mark::Comma)),
        _ => Err("expected `point` or `comma`".to_owned()),
    }
}

#[allow(clippy::unnecessary_wraps, reason = "clap asks for it")]
fn date_form(text: &str) -> Result<(Option<String>, String), String> {
    let (field, form) = of_field(text);
    Ok((field, form.to_owned()))
}

fn of_field(text: &str) -> (Option<String>, &str) {
    match text.split_once('=') {
        Some((field, rest)) => (Some(field.to_owned()), rest),
        None => (None, text),
    }
}
