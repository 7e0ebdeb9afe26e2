//! The cells of a row.
//!
//! Readers of CSV take any quote and make the best of it, so that a stray one swallows the rows behind
//! it. Here it is named.

/// What a text is, read as one row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Split {
    Cells(Vec<String>),
    /// In the cell at this place a quote opens that does not close.
    Open(usize),
    /// In the cell at this place something stands behind the closing quote.
    Stray(usize),
}

/// Divides a row into its cells.
pub(super) fn split(text: &str, delimiter: char) -> Split {
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let (cell, behind) = match rest.strip_prefix('"') {
            Some(quoted) => match unquote(quoted) {
                None => return Split::Open(cells.len()),
                Some((cell, behind)) => (cell, behind.trim_start_matches(' ')),
            },
            None => {
                let end = rest.find(delimiter).unwrap_or(rest.len());
                let (cell, behind) = rest.split_at(end);
                (cell.to_owned(), behind)
            }
        };
        let place = cells.len();
        cells.push(cell);
        match behind.strip_prefix(delimiter) {
            Some(behind) => rest = behind,
            None if behind.is_empty() => return Split::Cells(cells),
            None => return Split::Stray(place),
        }
    }
}

/// The text up to the closing quote, and what stands behind that.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (before, behind) = rest.split_once('"')?;
        cell.push_str(before);
        match behind.strip_prefix('"') {
            Some(behind) => {
                cell.push('"');
                rest = behind;
            }
            None => return Some((cell, behind)),
        }
    }
}

/// The cells of a row whose quotes can't be trusted: they are taken as they stand.
pub(super) fn split_plainly(text: &str, delimiter: char) -> Vec<String> {
    text.split(delimiter).map(str::to_owned).collect()
}

/// Joins a cell that begins with a space to the one before it: who writes `12, rue des Bouchers`
/// without quotes puts a space behind the comma, and who divides cells does not.
pub(super) fn rejoin(cells: &[String], delimiter: char) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(cells.len());
    for cell in cells {
        match joined.last_mut().filter(|_| cell.starts_with(' ')) {
            Some(last) => {
                last.push(delimiter);
                last.push_str(cell);
            }
            None => joined.push(cell.clone()),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str) -> Vec<String> {
        match split(text, ',') {
            Split::Cells(cells) => cells,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_lines() {
        assert_eq!(cells("a,,b"), ["a", "", "b"]);
        assert_eq!(cells(""), [""]);
        assert_eq!(cells(r#""a,b","c ""d"" e""#), ["a,b", r#"c "d" e"#]);
        assert_eq!(cells("\"a\nb\" ,c"), ["a\nb", "c"]);
        assert_eq!(cells(r#"5" pipe,6"#), [r#"5" pipe"#, "6"], "inside a cell it is a letter");
    }

    #[test]
    fn a_stray_quote_is_named() {
        assert_eq!(split(r#"a,"b,c"#, ','), Split::Open(1));
        assert_eq!(split(r#"a,"b "x" c""#, ','), Split::Stray(1));
    }

    #[test]
    fn what_begins_with_a_space_belongs_to_the_cell_before_it() {
        let cells = split_plainly("1,12, rue des Bouchers,Marseille", ',');
        assert_eq!(rejoin(&cells, ','), ["1", "12, rue des Bouchers", "Marseille"]);
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_back(row in prop::collection::vec("[ab\",; \n\r]{0,6}", 2..6)) {
            let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
            writer.write_record(&row).unwrap();
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(split(text.strip_suffix('\n').unwrap(), ','), Split::Cells(row));
        }

        #[test]
        fn reading_never_panics(text in "[ab\",\n]{0,30}") {
            let _ = split(&text, ',');
            let _ = rejoin(&split_plainly(&text, ','), ',');
        }
    }
}
