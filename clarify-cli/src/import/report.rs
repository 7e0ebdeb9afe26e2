//! What has become of an import.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::read::Place;
use super::show::many;
use super::tally::Tally;
use crate::failure::Failure;
use crate::output::text::plain;

/// How many of a kind are named on a terminal.
pub(super) const NAMED: usize = 10;

/// What has become of an import.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    pub(super) object: String,
    pub(super) input: PathBuf,
    /// Whether it only says what would become of it.
    pub(super) dry_run: bool,
    pub(super) rows: u64,
    #[serde(flatten)]
    pub(super) tally: Tally,
    /// Rows that went into the record of an earlier one.
    pub(super) merged: Vec<Merged>,
    /// Rows that this run was refused: the first ones, unless a file of the report is asked for. All are
    /// in their file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) refusals: Vec<Refusal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refused_file: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uncertain_file: Option<PathBuf>,
}

/// A row that went into the record of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Merged {
    #[serde(flatten)]
    pub(super) row: Place,
    into: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    into_item: Option<NonZeroU64>,
    /// The value that they share.
    pub(super) value: String,
}

impl Merged {
    pub(super) const fn new(row: Place, into: Place, value: String) -> Self {
        Self { row, into: into.line, into_item: into.item, value }
    }

    /// ` (`acme.com`)`
    fn by(&self) -> String {
        match self.value.as_str() {
            "" => String::new(),
            value => format!(" (`{}`)", plain(value)),
        }
    }

    /// The earlier row.
    pub(super) const fn into(&self) -> Place {
        Place { line: self.into, item: self.into_item }
    }
}

/// A row that was refused.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Refusal {
    #[serde(flatten)]
    pub(super) row: Place,
    pub(super) reason: String,
}

impl Report {
    /// Writes it to the standard output, as text on a terminal and as JSON for programs, and where it
    /// is asked for.
    pub(super) fn write(&self, file: Option<&Path>) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let shown = match out.is_terminal() {
            true => self.text(&mut out),
            false => self.json(&mut out),
        };
        if let Some(path) = file {
            let written = File::create(path).and_then(|file| self.json(BufWriter::new(file)));
            written.map_err(|error| {
                Failure::new(format!("`--report {}` can't be written: {error}", path.display()))
                    .hint("the same report is on the standard output")
            })?;
        }
        match shown {
            // Whoever reads it has had enough; what has become of the rows is told by the exit code.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            shown => shown.map_err(|error| Failure::new(format!("the standard output: {error}"))),
        }
    }

    fn json(&self, mut out: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut out, self)?;
        writeln!(out)?;
        out.flush()
    }

    fn text(&self, out: &mut impl Write) -> io::Result<()> {
        self.merges(out)?;
        self.reasons(out)?;
        writeln!(out, "{}", self.summary())?;
        for (what, file) in [("refused", &self.refused_file), ("uncertain", &self.uncertain_file)] {
            if let Some(file) = file {
                writeln!(out, "the {what} rows are in `{}`", file.display())?;
            }
        }
        Ok(())
    }

    /// Those that were told before anything was sent are not told again.
    fn merges(&self, out: &mut impl Write) -> io::Result<()> {
        let is_new = |merged: &&Merged| self.dry_run || merged.value.is_empty();
        for merged in self.merged.iter().filter(is_new).take(NAMED) {
            let is = if self.dry_run { "would be" } else { "was" };
            writeln!(out, "{} {is} merged into {}{}", merged.row, merged.into(), merged.by())?;
        }
        match self.merged.iter().filter(is_new).count() {
            count if count > NAMED => {
                writeln!(out, "… and {} more; `--report FILE` has all", count - NAMED)
            }
            _ => Ok(()),
        }
    }

    fn reasons(&self, out: &mut impl Write) -> io::Result<()> {
        for Refusal { row, reason } in self.refusals.iter().take(NAMED) {
            writeln!(out, "{row}: {}", plain(reason))?;
        }
        let named = u64::try_from(self.refusals.len().min(NAMED)).unwrap_or_default();
        let file = self.refused_file.as_ref().map(|file| file.display().to_string());
        match (self.tally.refused.saturating_sub(named), file) {
            (0, _) => Ok(()),
            (others, Some(file)) => {
                writeln!(out, "… and {others} more that were refused; `{file}` has all")
            }
            (others, None) => {
                writeln!(out, "… and {others} more that would be refused; `--report FILE` has all")
            }
        }
    }

    /// Names a row that was refused, if that is one of as many.
    pub(super) fn refuse(&mut self, row: Place, reason: impl FnOnce() -> String, most: usize) {
        if self.refusals.len() < most {
            self.refusals.push(Refusal { row, reason: reason() });
        }
    }

    /// `91 rows: 90 created, 1 refused`
    pub(super) fn summary(&self) -> String {
        let would = if self.dry_run { " would be" } else { "" };
        format!("{}{would}: {}", many(self.rows, "row"), self.counts())
    }

    /// `90 created, 1 refused`
    pub(super) fn counts(&self) -> String {
        let Tally { created, matched, written, refused, uncertain, not_attempted } = self.tally;
        let counts = [
            (created, "created"),
            (matched, "matched"),
            (written, "written"),
            (refused, "refused"),
            (uncertain, "uncertain"),
            (not_attempted, "not attempted"),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
        counts.join(", ")
    }
}
