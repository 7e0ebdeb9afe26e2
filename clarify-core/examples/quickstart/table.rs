//! Tables on a terminal.

use unicode_width::UnicodeWidthStr as _;

/// A title for what comes next.
pub fn heading(text: &str) {
    println!("\n{text}\n{}", "─".repeat(text.width()));
}

/// Prints rows in columns as wide as their widest cell.
pub fn print<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) {
    let rows: Vec<[String; N]> = std::iter::once(header.map(str::to_owned)).chain(rows).collect();
    let widths: Vec<usize> = (0..N).map(|column| width(&rows, column)).collect();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width));
        println!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

fn width<const N: usize>(rows: &[[String; N]], column: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(column));
    cells.map(|cell| cell.width()).max().unwrap_or_default()
}

/// A terminal shows some letters two columns wide, so characters can't be counted.
fn padded(cell: &str, width: usize) -> String {
    format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())))
}

/// A cell for a value that may be missing.
pub fn cell(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| value.to_string())
}
