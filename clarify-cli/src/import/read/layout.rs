//! How the cells of a delimited file are told apart.

use std::io::{self, BufRead};

use serde::{Deserialize, Serialize};

use super::cells::{Split, split};
use super::lines::{Line, Lines};

/// What divides cells, in the order in which it is thought of.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// How many lines are looked at.
const SAMPLE: usize = 50;

/// How the cells of a file are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layout {
    pub(crate) delimiter: char,
    /// Whether cells that an unquoted delimiter has divided are joined again.
    pub(crate) rejoins: bool,
    /// How many lines come before the first row.
    pub(super) head: u64,
}

impl Layout {
    /// The layout of a text, and the names of its columns.
    pub(super) fn of(
        text: impl BufRead,
        delimiter: Option<char>,
    ) -> io::Result<(Self, Vec<String>)> {
        let mut lines = sample(text)?;
        // Spreadsheets write it for one another: `sep=;`.
        let said = lines.first().and_then(|line| said_delimiter(&line.text));
        if said.is_some() {
            lines.remove(0);
        }
        let delimiter = delimiter.or(said).unwrap_or_else(|| guess(&lines));
        let (header, last) = header(&lines, delimiter);
        let columns = header.into_iter().enumerate().map(|(place, name)| title(&name, place));
        Ok((Self { delimiter, rejoins: false, head: last }, columns.collect()))
    }
}

fn sample(text: impl BufRead) -> io::Result<Vec<Line>> {
    let mut lines = Lines::new(text);
    let mut sample = Vec::new();
    while let Some(line) = lines.next()? {
        if !line.text.trim().is_empty() {
            sample.push(line);
        }
        if sample.len() == SAMPLE {
            break;
        }
    }
    Ok(sample)
}

fn said_delimiter(line: &str) -> Option<char> {
    let said = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    said.chars().next().filter(|_| said.chars().count() == 1)
}

fn title(name: &str, place: usize) -> String {
    match name.trim() {
        "" => format!("column {}", place + 1),
        name => name.to_owned(),
    }
}

/// The cells of the header, which may go on over several lines, and the number of its last line.
fn header(lines: &[Line], delimiter: char) -> (Vec<String>, u64) {
    let mut text = String::new();
    for line in lines {
        text.push_str(&line.text);
        if let Split::Cells(cells) = split(&text, delimiter) {
            return (cells, line.number);
        }
        text.push('\n');
    }
    let first = lines.first();
    let plain = first.map(|line| super::cells::split_plainly(&line.text, delimiter));
    (plain.unwrap_or_default(), first.map_or(0, |line| line.number))
}

/// The delimiter that gives the header several cells, and the most rows as many.
fn guess(lines: &[Line]) -> char {
    let fit = |delimiter: char| {
        let (header, _) = header(lines, delimiter);
        let rows = lines.iter().filter(|line| match split(&line.text, delimiter) {
            Split::Cells(cells) => cells.len() == header.len(),
            _ => false,
        });
        if header.len() > 1 { (rows.count(), header.len()) } else { (0, 0) }
    };
    // The first of equals: `max_by_key` gives the last.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| fit(*delimiter)).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> (char, Vec<String>, u64) {
        let (layout, columns) = Layout::of(text.as_bytes(), None).unwrap();
        (layout.delimiter, columns, layout.head)
    }

    #[test]
    fn the_delimiter_is_what_divides_header_and_rows_alike() {
        assert_eq!(layout("a,b\n1,2\n").0, ',');
        assert_eq!(layout("a;b\n1,5;2,5\n").0, ';');
        assert_eq!(layout("a\tb\n1, x\t2\n").0, '\t');
        assert_eq!(layout("a|b\n1|2\n").0, '|');
        assert_eq!(layout("\"a;b\",c\n\"1;2\",3\n").0, ',', "with quotes in mind");
        assert_eq!(layout("name\nAna\n"), (',', vec!["name".to_owned()], 1));
    }

    #[test]
    fn a_first_line_may_say_it() {
        assert_eq!(layout("sep=;\na,b;c\n1;2\n"), (';', vec!["a,b".into(), "c".into()], 2));
    }

    #[test]
    fn a_column_without_a_name_has_its_number() {
        assert_eq!(layout(" a ,,b\n1,2,3\n").1, ["a", "column 2", "b"]);
    }

    #[test]
    fn a_name_may_have_two_lines() {
        assert_eq!(layout("\"a\nb\",c\n1,2\n"), (',', vec!["a\nb".into(), "c".into()], 2));
    }
}
