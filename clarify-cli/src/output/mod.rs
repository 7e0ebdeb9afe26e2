//! How records are shown and written.

use std::io::{self, IsTerminal as _};

use clap::ValueEnum;

/// A form that records are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Columns for people, as wide as the terminal.
    Table,
    /// One JSON array.
    Json,
    /// A JSON object in each line.
    Ndjson,
    /// Comma-separated values; the items of a collection are divided by `;`.
    Csv,
}

impl Form {
    /// What is asked for; else a table on a terminal, and JSON for programs.
    pub(crate) fn or_default(asked: Option<Self>) -> Self {
        let usual = if io::stdout().is_terminal() { Self::Table } else { Self::Json };
        asked.unwrap_or(usual)
    }
}
