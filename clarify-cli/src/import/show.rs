//! What is planned, shown before anything is sent.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;

use clarify_schema::{Field, Kind, Object};
use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, Row, Table};
use terminal_size::terminal_size_of;

use super::mapping::{ITEM, LINE, Mapping, REASON, TEXT, Target};
use super::plan::{Column, Plan};
use super::read::Source;
use super::survey::{Count, Seen, Survey};
use super::value::{date, number};
use crate::output::text::plain;

/// As much of a cell as is shown.
const LONGEST: usize = 40;

/// Shows what the file is and where its columns go, on the standard error.
pub(super) fn plan(
    input: &Path,
    source: &Source,
    object: &Object,
    plan: &Plan,
    targets: &[Target],
    survey: &Survey,
) {
    eprintln!("{}: {}, {}", input.display(), many(survey.rows, "row"), form(source));
    table(plan, targets, survey).lines().for_each(|line| eprintln!("{}", line.trim_end()));
    notes(object, plan, survey).iter().for_each(|note| eprintln!("{note}"));
}

/// A line for each column of the file, as wide as the terminal.
fn table(plan: &Plan, targets: &[Target], survey: &Survey) -> Table {
    let mut table = Table::new();
    // Cells are cut anywhere, and not between words alone.
    table.load_style(NOTHING).set_truncation_indicator("…").set_delimiter('\0');
    if let Some((width, _)) = terminal_size_of(io::stderr()) {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.0);
    }
    table.set_header(["column", "field", "for example", ""]);
    for ((column, target), seen) in plan.columns.iter().zip(targets).zip(&survey.columns) {
        if matches!(&*column.name, LINE | ITEM | REASON | TEXT) {
            continue;
        }
        let sample = seen.sample.as_deref().unwrap_or_default();
        let cells =
            [plain(&column.name), goes(target), excerpt(sample), remark(column, target, seen)];
        table.add_row(Row::from(cells).max_height(1).clone());
    }
    table
}

fn form(source: &Source) -> String {
    let encoding = &source.reading.encoding;
    match &source.reading.layout {
        None => format!("JSON in {encoding}"),
        Some(layout) if layout.delimiter == '\t' => format!("divided by tabs, in {encoding}"),
        Some(layout) => format!("divided by `{}`, in {encoding}", layout.delimiter),
    }
}

fn goes(target: &Target) -> String {
    match target {
        Target::Field(field) => field.name.to_string(),
        Target::Left => "(left out)".to_owned(),
        Target::Service => "(left out: the service's own)".to_owned(),
        Target::Unmatched(None) => "(no field)".to_owned(),
        Target::Unmatched(Some(near)) => format!("(no field; there is `{near}`)"),
    }
}

/// What was decided about the values of a column.
fn remark(column: &Column, target: &Target, seen: &Seen) -> String {
    let Target::Field(field) = target else { return String::new() };
    let said = match field.kind {
        Kind::Number | Kind::Currency if column.mark == number::Mark::Comma => {
            Some("the decimal mark is a comma".to_owned())
        }
        Kind::Date if seen.timed.count > 0 => {
            Some(format!("{} a time of day, which is left out", some(seen.timed, "has", "have")))
        }
        Kind::Date | Kind::DateTime if column.form != date::Form::Clear => {
            Some(column.form.word().to_owned())
        }
        Kind::Checkbox if column.empty_is_false => Some("an empty cell is `false`".to_owned()),
        Kind::Select if seen.respelt.count > 0 => {
            Some(format!("{} the spelling of its option", some(seen.respelt, "gets", "get")))
        }
        _ => None,
    };
    said.or_else(|| named_by(column, field)).unwrap_or_default()
}

/// What tells the record that a link leads to.
fn named_by(column: &Column, field: &Field) -> Option<String> {
    let by = match &column.link {
        Some(link) => format!("named by `{}.{}`", link.object, link.by),
        None => format!("named by an id of `{}`", field.target.as_deref()?),
    };
    (field.kind == Kind::ToOne).then_some(by)
}

/// `3 (first in line 7) have`
fn some(count: Count, one: &str, several: &str) -> String {
    let Count { count, first } = count;
    format!("{count} (first in {first}) {}", if count == 1 { one } else { several })
}

/// What was decided about the file as a whole.
fn notes(object: &Object, plan: &Plan, survey: &Survey) -> Vec<String> {
    let words = survey.nulls.iter().filter(|(_, count)| *count > 0);
    let nulls = words
        .map(|(word, count)| format!("`{word}` is read as no value ({})", many(*count, "cell")));
    let others = [
        rejoined(survey.rejoined),
        unreadable(survey.unreadable),
        has_times(object, plan)
            .then(|| format!("times without an offset are those of {}", plan.time_zone)),
        Some(matching(object, plan)),
    ];
    nulls.chain(others.into_iter().flatten()).collect()
}

fn rejoined(Count { count, first }: Count) -> Option<String> {
    let rows = many(count, "row");
    (count > 0).then(|| {
        format!(
            "{rows} with an unquoted delimiter in a cell, as in {first}: what begins with a \
             space is read as the rest of the cell before it (`--no-rejoin` refuses them)"
        )
    })
}

fn unreadable(Count { count, first }: Count) -> Option<String> {
    (count > 0).then(|| format!("{} can't be read, the first in {first}", many(count, "row")))
}

/// What rows match on.
fn matching(object: &Object, plan: &Plan) -> String {
    let name = &object.name;
    match object.unique_field() {
        Some(unique) if plan.has(&unique.name) => {
            format!("a row updates the `{name}` with the same `{}`, or makes one", unique.name)
        }
        Some(unique) => format!("each row makes a `{name}`: no column goes to `{}`", unique.name),
        None => format!("each row makes a `{name}`: it has no unique field to match on"),
    }
}

fn has_times(object: &Object, plan: &Plan) -> bool {
    let fields = plan.columns.iter().filter_map(|column| object.field(column.field.as_deref()?));
    fields.into_iter().any(|field| field.kind == Kind::DateTime)
}

/// The mapping as it is shown, to be kept in a file.
pub(super) fn saved(mapping: &Mapping, plan: &Plan) -> Mapping {
    let field = |column: &Column| column.field.clone().unwrap_or_default();
    let columns = plan.columns.iter().map(|column| (column.name.clone(), field(column)));
    Mapping { object: Some(plan.object.clone()), columns: columns.collect(), ..mapping.clone() }
}

pub(super) fn many(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn excerpt(text: &str) -> String {
    let text = plain(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

/// Whether somebody is there to be asked.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks; who says nothing agrees.
pub(super) fn asks(question: &str) -> io::Result<bool> {
    eprint!("{question} [Y/n] ");
    io::stderr().flush()?;
    let mut answer = String::new();
    let is_answered = io::stdin().lock().read_line(&mut answer)? > 0;
    Ok(is_answered && matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}
