//! Tables for people.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal as _, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Row, Width};
use terminal_size::terminal_size;
use unicode_width::UnicodeWidthStr as _;

use super::text;

/// What stands between two columns.
const GAP: u16 = 2;
/// As narrow as a column with long values may become.
const NARROW: u16 = 12;

/// A table that is shown when all of it is there. Columns without any value are left out.
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

struct Column {
    name: String,
    /// The one that names what is shown: it is never cut, nor left out.
    is_first: bool,
    width: u16,
    is_empty: bool,
    is_number: bool,
}

impl Column {
    fn new((place, name): (usize, String)) -> Self {
        let (is_first, width) = (place == 0, width(&name));
        Self { name, is_first, width, is_empty: true, is_number: true }
    }

    /// How wide it is where it is as narrow as it may become, with the gap behind it.
    fn least(&self) -> u16 {
        let least = if self.is_first { self.width } else { self.width.min(NARROW) };
        least.saturating_add(GAP)
    }

    fn see(&mut self, json: &str, shown: &str) {
        if !shown.is_empty() {
            self.is_empty = false;
            self.is_number &= json.starts_with(|c: char| c == '-' || c.is_ascii_digit());
            self.width = self.width.max(width(shown));
        }
    }
}

fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

impl Table {
    pub(crate) fn new(header: Vec<String>) -> Self {
        Self {
            columns: header.into_iter().enumerate().map(Column::new).collect(),
            rows: Vec::new(),
        }
    }

    /// Takes a row of JSON values.
    pub(crate) fn push(&mut self, values: Vec<Cow<'_, str>>) {
        let row: Vec<String> = values.iter().map(|json| text::shown(json)).collect();
        for ((column, json), shown) in self.columns.iter_mut().zip(&values).zip(&row) {
            column.see(json, shown);
        }
        self.rows.push(row);
    }

    /// Shows as many columns as the terminal has room for, and tells which it has not.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        if self.rows.is_empty() {
            eprintln!("there are none");
            return Ok(());
        }
        let room = io::stdout().is_terminal().then(terminal_size).flatten();
        // The gap behind the last column need not be on the terminal.
        let room = room.map_or(u16::MAX, |(width, _)| width.0.saturating_add(GAP));
        let (places, hidden) = self.fitting(room);
        let rendered = self.render(&places, room);
        let mut lines = rendered.lines().map(str::trim_end);
        writeln!(out, "{}", emphasized(lines.next().unwrap_or_default()))?;
        lines.try_for_each(|line| writeln!(out, "{line}"))?;
        out.flush()?;
        if !hidden.is_empty() {
            let names = hidden.join(", ");
            eprintln!("not shown, for want of room: {names}; `--output json` shows all");
        }
        Ok(())
    }

    /// The places of the columns that there is room for, and the names of the others.
    fn fitting(&self, room: u16) -> (Vec<usize>, Vec<&str>) {
        let (mut places, mut hidden, mut taken) = (Vec::new(), Vec::new(), 0_u16);
        for (place, column) in self.columns.iter().enumerate().filter(|(_, c)| !c.is_empty) {
            let end = taken.saturating_add(column.least());
            if column.is_first || (hidden.is_empty() && end <= room) {
                places.push(place);
                taken = end;
            } else {
                hidden.push(column.name.as_str());
            }
        }
        (places, hidden)
    }

    fn render(&self, places: &[usize], room: u16) -> String {
        let mut table = comfy_table::Table::new();
        // Cells are cut anywhere, and not between words alone.
        table.load_style(NOTHING).set_truncation_indicator("…").set_delimiter('\0');
        if room < u16::MAX {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(room);
        }
        let header = self.columns.iter().map(|column| column.name.clone()).collect();
        for row in std::iter::once(&header).chain(&self.rows) {
            let mut row = Row::from(places.iter().filter_map(|place| row.get(*place)));
            table.add_row(row.max_height(1).clone());
        }
        let columns = places.iter().filter_map(|place| self.columns.get(*place));
        for (shown, column) in table.column_iter_mut().zip(columns) {
            shown.set_padding((0, GAP));
            shown.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(column.least())));
            if column.is_number {
                shown.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.to_string()
    }
}

/// The header in bold, where that is wanted.
fn emphasized(header: &str) -> String {
    let is_wanted = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    match is_wanted && io::stdout().is_terminal() {
        true => format!("\x1b[1m{header}\x1b[0m"),
        false => header.to_owned(),
    }
}
