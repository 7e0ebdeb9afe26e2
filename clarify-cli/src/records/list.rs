//! `clarify records list`.

use crate::connection;
use crate::failure::Failure;
use crate::output::{Form, Output, stdout};
use crate::selection::Selection;

/// As many records as every service gives at once.
const PAGE: u64 = 500;

/// Lists records.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The object: `person`, `c_sales_order` …
    object: String,
    #[command(flatten)]
    selection: Selection,
    /// How many records at most.
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u64,
    /// How many records to leave out at the beginning.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: u64,
    /// All records, however many.
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// The form of the output: a table on a terminal, else JSON.
    #[arg(long, value_enum, value_name = "FORM")]
    output: Option<Form>,
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { object, selection, limit, offset, all, output, connection } = arguments;
    let client = connection.client()?;
    let form = Form::or_default(*output);
    let selected = selection.select(&client, object, form)?;
    let most = if *all { u64::MAX } else { *limit };
    let pages = selected.pages(most.clamp(1, PAGE), *offset)?;
    let mut output = Output::begin(form, object, selected.columns.clone(), stdout(form))?;
    let (mut written, mut total) = (0, None);
    for page in pages {
        let page = page?;
        total = page.total;
        let room = usize::try_from(most - written).unwrap_or(usize::MAX);
        for record in page.records.into_iter().take(room) {
            output.write(record)?;
            written += 1;
        }
        if written == most {
            break;
        }
    }
    output.end()?;
    selected.doubt(total.unwrap_or(written));
    tell_of_more(written, total.map(|total| total.saturating_sub(*offset)));
    Ok(())
}

/// Says so where there are more: who reads a part should know that it is one.
fn tell_of_more(written: u64, total: Option<u64>) {
    if let Some(total) = total.filter(|total| *total > written) {
        eprintln!("{written} of {total} records; `--all` lists all of them");
    }
}
