//! How an import ends.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use clarify_core::Error;

use super::Arguments;
use super::journal::Journal;
use super::log::Log;
use super::prepare::Prepared;
use super::refused::Refused;
use super::report::Report;
use super::show::many;
use super::tally::Tally;
use crate::failure::{Exit, Failure};

/// Why an import ends before its last row.
pub(super) enum Stop {
    Interrupted,
    TooMany(u64),
    Failed(Error),
    Unreadable(io::Error),
    /// The file is not the one that was looked at.
    Changed,
}

/// Says what has become of the import, and how to go on with it.
pub(super) fn end(
    prepared: &Prepared,
    log: &Log,
    report: Report,
    stop: Option<Stop>,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let report = whole(report, prepared, log);
    let written = report.write(arguments.running.report.as_deref());
    let ended = match (&log.unwritten.failure, stop) {
        (Some(why), _) => Err(no_room(why, &report, log)),
        (None, Some(stop)) => Err(stopped(stop, &prepared.input, log.journal())),
        (None, None) => ended(&report),
    };
    // That the report could not be written is told after what it would have said.
    match (ended, written) {
        (Err(failure), Err(unwritten)) => Err(failure.also(unwritten.line())),
        (ended, written) => ended.and(written),
    }
}

fn changed(input: &Path) -> Failure {
    Failure::file(
        input,
        "it was changed while it was imported, so not all of its rows may be there",
    )
    .hint("`--restart` imports it as it is now; rows without a match would be made once more")
}

/// A file could not be written any more. What is known of the rows is told, as no file tells it.
fn no_room(why: &io::Error, report: &Report, log: &Log) -> Failure {
    let exit = if report.tally.uncertain > 0 { Exit::Uncertain } else { Exit::Failed };
    let unnoted = log.all().done().saturating_sub(log.unwritten.noted);
    let unnoted = Some(many(unnoted, "row")).filter(|_| unnoted > 0 && log.journal().is_some());
    let ids = Some(many(log.unwritten.ids, "row")).filter(|_| log.unwritten.ids > 0);
    let told = [
        unnoted.map(|rows| {
            format!("the journal does not know of {rows}: those that match are sent again, others are then uncertain")
        }),
        ids.map(|rows| format!("the ids of {rows} that made records are in no file")),
    ];
    let failure = Failure::new(format!("{why}: the import has stopped ({})", report.counts()));
    let is_full = matches!(
        why.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    );
    let failure = failure.exit(exit).hint(if is_full { "make room" } else { "see to that file" });
    let failure = failure.also(&how_to_go_on(log.journal()));
    told.into_iter().flatten().fold(failure, |failure, told| failure.also(&told))
}

/// The report of a run, with what is known of the import as a whole.
fn whole(report: Report, prepared: &Prepared, log: &Log) -> Report {
    let all = log.all();
    let not_attempted = prepared.rows.saturating_sub(all.done());
    let tally = Tally { not_attempted, ..all };
    let file = |rows: &Refused| (rows.file.length() > 0).then(|| rows.file.path().to_owned());
    Report {
        object: prepared.plan.object.clone(),
        input: prepared.input.clone(),
        rows: prepared.rows,
        tally,
        refused_file: file(&log.refused),
        uncertain_file: file(&log.uncertain),
        ..report
    }
}

/// All rows have their end, and not all of them the one that was wanted.
fn ended(report: &Report) -> Result<(), Failure> {
    let file = |path: &Option<PathBuf>| {
        path.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
    };
    if report.tally.uncertain > 0 {
        let count = many(report.tally.uncertain, "row");
        return Err(Failure::new(format!("{count} may have been written, and no answer says so"))
            .hint(format!(
                "look for the records of `{}`, and import those that are not there",
                file(&report.uncertain_file)
            ))
            .exit(Exit::Uncertain));
    }
    if report.tally.refused > 0 {
        let count = many(report.tally.refused, "row");
        return Err(Failure::new(format!("{count} could not be imported"))
            .hint(format!(
                "mend `{}`, which has the reasons, and import it",
                file(&report.refused_file)
            ))
            .exit(Exit::SomeRefused));
    }
    Ok(())
}

fn stopped(stop: Stop, input: &Path, journal: Option<&Journal>) -> Failure {
    let failure = match stop {
        Stop::Interrupted => Failure::new("the import was interrupted").exit(Exit::Interrupted),
        Stop::TooMany(count) => {
            let were = if count == 1 { "was" } else { "were" };
            let refused = many(count, "row");
            Failure::new(format!("{refused} {were} refused: the import has stopped"))
        }
        Stop::Failed(error) => Failure::from(error),
        Stop::Unreadable(error) => Failure::from(error),
        Stop::Changed => return changed(input),
    };
    failure.also(&how_to_go_on(journal))
}

fn how_to_go_on(journal: Option<&Journal>) -> String {
    match journal {
        Some(journal) => {
            let path = journal.path().display();
            format!(
                "the same command goes on where it stopped, or `clarify import --resume {path}`"
            )
        }
        None => "what can be read but once can't be gone on with".to_owned(),
    }
}
