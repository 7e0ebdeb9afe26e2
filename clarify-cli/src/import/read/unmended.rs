//! Rows of a file of refused rows whose text nobody has put into their cells yet.

use super::{Cell, Row};
use crate::import::mapping::{REASON, TEXT};

/// Which column of a file of refused rows has the text of those that could not be read.
pub(super) fn column(columns: &[String]) -> Option<usize> {
    let is_ours = columns.iter().any(|name| name == REASON);
    columns.iter().position(|name| name == TEXT).filter(|_| is_ours)
}

/// The row, which can't be read for as long as its text is there.
pub(super) fn refuse(row: Row, column: usize) -> Row {
    let text = row.cells.get(column).map(Cell::shown).filter(|text| !text.is_empty());
    match text.map(str::to_owned) {
        Some(text) if row.fault.is_none() => Row {
            fault: Some(format!("it is not mended: correct its cells, and empty its `{TEXT}`")),
            text: Some(text),
            ..row
        },
        _ => row,
    }
}
