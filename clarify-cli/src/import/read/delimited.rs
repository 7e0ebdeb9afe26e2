//! The rows of a delimited file.

use std::io::{self, BufRead};

use super::cells::{Split, rejoin, split, split_plainly};
use super::lines::{Line, Lines};
use super::{Cell, Layout, Place, Row};

/// Longer than this no cell is: where a quote does not close in so many lines, it is a stray one.
const MOST_LINES: usize = 1000;

/// The rows of a delimited file.
pub(super) struct Delimited<R> {
    lines: Lines<R>,
    layout: Layout,
    columns: Vec<String>,
}

impl<R: BufRead> Delimited<R> {
    pub(super) fn new(text: R, layout: Layout, columns: Vec<String>) -> io::Result<Self> {
        let mut lines = Lines::new(text);
        for _ in 0..layout.head {
            lines.next()?;
        }
        Ok(Self { lines, layout, columns })
    }

    fn row(&mut self) -> io::Result<Option<Row>> {
        let Some(line) = self.next_line()? else { return Ok(None) };
        match split(&line.text, self.layout.delimiter) {
            Split::Cells(cells) => {
                let row = self.fit(line.number, cells);
                let text = row.fault.is_some().then_some(line.text);
                Ok(Some(Row { text, ..row }))
            }
            Split::Stray(place) => Ok(Some(self.stray(&line, place))),
            Split::Open(place) => self.long_row(line, place).map(Some),
        }
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> io::Result<Option<Line>> {
        loop {
            match self.lines.next()? {
                Some(line) if line.text.trim().is_empty() => {}
                line => return Ok(line),
            }
        }
    }

    /// A row that goes on behind its first line, if it does so as a row should; else the first line
    /// is at fault, and those behind it are rows of their own.
    fn long_row(&mut self, first: Line, place: usize) -> io::Result<Row> {
        let (taken, found) = self.until_closed(&first)?;
        let reason = match found {
            Some(Split::Cells(cells)) if !self.are_rows(&first, &taken) => {
                let count = cells.len();
                let row = self.fit(first.number, cells);
                if row.fault.is_none() {
                    return Ok(row);
                }
                let last = taken.last().map_or(first.number, |line| line.number);
                format!("closes in line {last}, and the row would have {}", self.cells_are(count))
            }
            Some(Split::Cells(_)) => "closes in a line that is a row of its own".to_owned(),
            _ => "does not close where the cell ends".to_owned(),
        };
        self.lines.put_back(taken);
        let detail = format!("the quote that opens in `{}` {reason}", self.name(place));
        Ok(self.unreadable(&first, detail))
    }

    /// Takes the lines up to the one in which the quotes are closed.
    fn until_closed(&mut self, first: &Line) -> io::Result<(Vec<Line>, Option<Split>)> {
        let mut text = format!("{}{}", first.text, first.end);
        let mut taken = Vec::new();
        while taken.len() < MOST_LINES {
            let Some(line) = self.lines.next()? else { break };
            text.push_str(&line.text);
            let may_close = line.text.contains('"');
            let end = line.end;
            taken.push(line);
            if may_close {
                match split(&text, self.layout.delimiter) {
                    Split::Open(_) => {}
                    found => return Ok((taken, Some(found))),
                }
            }
            text.push_str(end);
        }
        Ok((taken, None))
    }

    /// Whether each of these lines looks like a row of its own, so that the quotes in two of them have
    /// nothing to do with one another.
    fn are_rows(&self, first: &Line, others: &[Line]) -> bool {
        let is_row = |line: &Line| {
            split_plainly(&line.text, self.layout.delimiter).len() == self.columns.len()
        };
        self.columns.len() > 2 && is_row(first) && others.iter().all(is_row)
    }

    /// A row of these cells, if there is one for each column.
    fn fit(&self, line: u64, mut cells: Vec<String>) -> Row {
        let width = self.columns.len();
        if cells.len() > width {
            let joined = rejoin(&cells, self.layout.delimiter);
            if self.layout.rejoins && joined.len() == width {
                return Row { is_rejoined: true, ..row(line, joined) };
            }
            // A delimiter at the end of each line divides nothing.
            let surplus = cells.iter().skip(width).all(|cell| cell.trim().is_empty());
            if surplus {
                cells.truncate(width);
            }
        }
        if cells.len() == width {
            return row(line, cells);
        }
        let found = self.cells_are(cells.len());
        let fault = format!("it has {found}{}", self.why(&cells));
        Row { fault: Some(fault), ..row(line, self.squeezed(cells)) }
    }

    fn cells_are(&self, count: usize) -> String {
        let cells = if count == 1 { "cell" } else { "cells" };
        format!("{count} {cells} where the header has {}", self.columns.len())
    }

    fn why(&self, cells: &[String]) -> &'static str {
        let joined = rejoin(cells, self.layout.delimiter).len();
        let is_delimiter_in_cell = cells.len() > self.columns.len() && joined < cells.len();
        if is_delimiter_in_cell {
            ": put quotes around a cell that holds the delimiter"
        } else {
            ""
        }
    }

    /// The cells, with all that are too many in the last one.
    fn squeezed(&self, mut cells: Vec<String>) -> Vec<String> {
        let last = self.columns.len().saturating_sub(1);
        if cells.len() > self.columns.len() {
            let surplus = cells.split_off(last);
            cells.push(surplus.join(&self.layout.delimiter.to_string()));
        }
        cells
    }

    fn stray(&self, line: &Line, place: usize) -> Row {
        let name = self.name(place);
        self.unreadable(
            line,
            format!("text stands behind the closing quote of `{name}`: a quote inside a quoted cell is written twice"),
        )
    }

    fn unreadable(&self, line: &Line, fault: String) -> Row {
        let cells = split_plainly(&line.text, self.layout.delimiter);
        let text = Some(line.text.clone());
        Row { fault: Some(fault), text, ..row(line.number, self.squeezed(cells)) }
    }

    fn name(&self, place: usize) -> &str {
        self.columns.get(place).map_or("", String::as_str)
    }
}

fn row(line: u64, cells: Vec<String>) -> Row {
    let cells = cells.into_iter().map(Cell::Text).collect();
    Row { place: Place::line(line), cells, ..Row::default() }
}

impl<R: BufRead> Iterator for Delimited<R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<io::Result<Row>> {
        self.row().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_with(text: &str, rejoins: bool) -> Vec<Row> {
        let (layout, columns) = Layout::of(text.as_bytes(), None).unwrap();
        let layout = Layout { rejoins, ..layout };
        Delimited::new(text.as_bytes(), layout, columns).unwrap().map(Result::unwrap).collect()
    }

    /// Each row with its line, and what is wrong with it.
    fn rows(text: &str) -> Vec<(u64, Vec<String>, String)> {
        let shown = |row: Row| {
            let cells = row.cells.iter().map(|cell| cell.shown().to_owned()).collect();
            (row.place.line, cells, row.fault.unwrap_or_default())
        };
        rows_with(text, false).into_iter().map(shown).collect()
    }

    fn faults(text: &str) -> Vec<(u64, String)> {
        let rows = rows(text).into_iter().filter(|row| !row.2.is_empty());
        rows.map(|(line, _, fault)| (line, fault)).collect()
    }

    #[test]
    fn rows_know_the_line_that_they_begin_in() {
        let rows = rows("a,b\n1,\"x\ny\"\n\n2,z\n");
        let lines: Vec<_> = rows.iter().map(|row| (row.0, &*row.1[1])).collect();
        assert_eq!(lines, [(2, "x\ny"), (5, "z")]);
    }

    #[test]
    fn too_many_cells_and_too_few_are_refused_and_kept() {
        let rows = rows("a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n");
        assert_eq!(rows[0].2, "it has 2 cells where the header has 3");
        assert_eq!(rows[1].2, "it has 4 cells where the header has 3");
        assert_eq!(rows[1].1, ["1", "2", "3,4"]);
        assert_eq!(rows[2].2, "", "empty cells at the end are none");
    }

    #[test]
    fn a_quote_that_never_closes_costs_its_own_line() {
        let text = "a,b,c\n1,\"x,y\n2,x,y\n3,x,y\n";
        let expected = "the quote that opens in `b` does not close where the cell ends";
        assert_eq!(faults(text), [(2, expected.to_owned())]);
        assert_eq!(rows(text).len(), 3);
    }

    #[test]
    fn a_quote_that_closes_rows_later_costs_its_own_line() {
        let text = "a,b,c\n1,\"x,y\n2,x,y\n3,\"x\",y\n4,x,y\n";
        let faults = faults(text);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].1.starts_with("the quote that opens in `b`"), "{faults:?}");
        assert_eq!(rows(text).iter().map(|row| row.0).collect::<Vec<_>>(), [2, 3, 4, 5]);
    }

    #[test]
    fn two_stray_quotes_do_not_make_one_row_of_two() {
        let faults = faults("a,b,c\n1,2,\"x\n4,5,y\"\n7,8,9\n");
        assert_eq!(
            faults[0],
            (2, "the quote that opens in `c` closes in a line that is a row of its own".into())
        );
    }

    #[test]
    fn text_behind_a_closing_quote_is_refused() {
        let faults = faults("a,b\n1,\"the \"best\" one\"\n2,x\n");
        assert!(faults[0].1.contains("closing quote of `b`"), "{faults:?}");
    }

    #[test]
    fn cells_are_joined_where_the_file_is_written_so() {
        let rows = rows_with("a,b,c\n1,12, rue des Bouchers,x\n2,y,z\n", true);
        assert_eq!(rows[0].cells[1].shown(), "12, rue des Bouchers");
        assert_eq!(rows.iter().map(|row| row.is_rejoined).collect::<Vec<_>>(), [true, false]);
    }
}
