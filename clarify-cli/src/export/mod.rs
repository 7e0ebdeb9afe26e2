//! `clarify export`: all records of an object, into a file or a pipe.

mod file;

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use file::Target;
use indicatif::{ProgressBar, ProgressStyle};

use crate::connection;
use crate::failure::Failure;
use crate::output::{Form, Output, stdout};
use crate::selection::{Selected, Selection};

/// As many records as every service gives at once.
const PAGE: u64 = 500;

/// Writes all records of an object into a file, or to the standard output.
///
/// The file is there when all of it is: a failure leaves what was there before.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The object: `person`, `c_sales_order` …
    object: String,
    #[command(flatten)]
    selection: Selection,
    /// The file to write, in place of the standard output.
    #[arg(long, short = 'o', value_name = "FILE")]
    file: Option<PathBuf>,
    /// The form: what the file's name ends in (`.csv`, `.json`, `.ndjson`, `.jsonl`); CSV where it has
    /// no ending, and on the standard output.
    #[arg(long, value_enum, value_name = "FORM")]
    output: Option<FileForm>,
    #[command(flatten)]
    connection: connection::Arguments,
}

/// A form of a file.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FileForm {
    /// Comma-separated values, with a header; the items of a collection are divided by `;`.
    Csv,
    /// A JSON array of `{"id", "type", "attributes"}`.
    Json,
    /// Such an object in each line.
    Ndjson,
}

impl FileForm {
    /// The form that the name of a file says.
    fn of(path: &Path) -> Result<Self, Failure> {
        let Some(ending) = path.extension() else { return Ok(Self::Csv) };
        match ending.to_string_lossy().to_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            "ndjson" | "jsonl" => Ok(Self::Ndjson),
            ending => Err(Failure::usage(format!(
                "`{}`: there is no form of output for `.{ending}`",
                path.display()
            ))
            .hint("`.csv`, `.json`, `.ndjson` and `.jsonl` say theirs; `--output` chooses for any name")),
        }
    }
}

impl From<FileForm> for Form {
    fn from(form: FileForm) -> Self {
        match form {
            FileForm::Csv => Self::Csv,
            FileForm::Json => Self::Json,
            FileForm::Ndjson => Self::Ndjson,
        }
    }
}

/// What is exported, and how it is written.
struct Export<'e> {
    object: &'e str,
    form: Form,
    selected: &'e Selected,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { object, selection, file, output, connection } = arguments;
    let form = match (output, file) {
        (Some(form), _) => *form,
        (None, Some(path)) => FileForm::of(path)?,
        (None, None) => FileForm::Csv,
    };
    let form = form.into();
    let client = connection.client()?;
    let selected = selection.select(&client, object, form)?;
    let export = Export { object, form, selected: &selected };
    let count = match file {
        Some(path) => {
            let (count, target) = export.write(Target::begin(path)?, progress())?;
            target.end()?;
            count
        }
        None => export.write(stdout(form), ProgressBar::hidden())?.0,
    };
    eprintln!("{count} {} exported", if count == 1 { "record" } else { "records" });
    selected.doubt(count);
    Ok(())
}

impl Export<'_> {
    /// Writes page after page, and tells how many records there were.
    fn write<W: Write>(self, out: W, progress: ProgressBar) -> Result<(u64, W), Failure> {
        let pages = self.selected.pages(PAGE, 0)?;
        let mut output = Output::begin(self.form, self.object, self.selected.columns.clone(), out)?;
        for page in pages {
            let page = page?;
            page.total.into_iter().for_each(|total| progress.set_length(total));
            for record in page.records {
                output.write(record)?;
                progress.inc(1);
            }
        }
        let count = progress.position();
        progress.finish_and_clear();
        Ok((count, output.end()?))
    }
}

/// Shown on a terminal alone, and beside a file: data that goes to a pipe may end on the same terminal.
fn progress() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{pos} of {len} records {wide_bar} {eta}");
    let bar = ProgressBar::new(0);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
