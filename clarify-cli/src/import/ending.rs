//! How an import ends.

use std::io;
use std::path::PathBuf;

use clarify_core::Error;

use super::Arguments;
use super::journal::Journal;
use super::log::Log;
use super::prepare::Prepared;
use super::refused::Refused;
use super::report::{Merged, Report};
use super::show::many;
use super::tally::Tally;
use crate::failure::{Exit, Failure};

/// Why an import ends before its last row.
pub(super) enum Stop {
    Interrupted,
    TooMany(u64),
    Failed(Error),
    Unreadable(io::Error),
}

/// Says what has become of the import, and how to go on with it.
pub(super) fn end(
    prepared: &Prepared,
    log: &Log,
    merged: Vec<Merged>,
    stop: Option<Stop>,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let report = report(prepared, log, merged);
    report.write(arguments.running.report.as_deref())?;
    match stop {
        None => ended(&report),
        Some(stop) => Err(stopped(stop, log.journal())),
    }
}

fn report(prepared: &Prepared, log: &Log, merged: Vec<Merged>) -> Report {
    let not_attempted = prepared.rows.saturating_sub(log.tally.done());
    let tally = Tally { not_attempted, ..log.tally };
    let file = |rows: &Refused| (rows.file.length() > 0).then(|| rows.file.path().to_owned());
    Report {
        object: prepared.plan.object.clone(),
        input: prepared.input.clone(),
        rows: prepared.rows,
        tally,
        merged,
        refused_file: file(&log.refused),
        uncertain_file: file(&log.uncertain),
        ..Report::default()
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

fn stopped(stop: Stop, journal: Option<&Journal>) -> Failure {
    let failure = match stop {
        Stop::Interrupted => Failure::new("the import was interrupted").exit(Exit::Interrupted),
        Stop::TooMany(count) => {
            Failure::new(format!("{count} rows were refused: the import has stopped"))
        }
        Stop::Failed(error) => Failure::from(error),
        Stop::Unreadable(error) => Failure::from(error),
    };
    failure.also(&match journal {
        Some(journal) => {
            let path = journal.path().display();
            format!("the same command goes on, or `clarify import --resume {path}`")
        }
        None => "what comes from the standard input can't be gone on with".to_owned(),
    })
}
