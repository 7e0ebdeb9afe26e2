//! The import itself: rows are sent, and each is accounted for.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clarify_core::import::{Checkpoint, End, Imported, Outcomes};
use clarify_core::{Client, Error, Outcome, RawAttributes};

use super::Arguments;
use super::journal::Journal;
use super::log::Log;
use super::plan::{Converter, Item, Plan};
use super::prepare::Prepared;
use super::progress::Progress;
use super::read::Source;
use super::rehearse::{self, Found};
use super::report::{Merged, Report};
use super::show::many;
use crate::failure::{Exit, Failure};

/// Why an import ends before its last row.
enum Stop {
    Interrupted,
    TooMany(u64),
    Failed(Error),
    Unreadable(io::Error),
}

/// Imports all rows, and says what has become of them.
pub(super) async fn run(
    mut prepared: Prepared,
    client: &Client,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let found = rehearse::before_sending(&prepared, client).await?;
    tell_merges(&found);
    let log = Log::open(&mut prepared)?;
    let log = Arc::new(Mutex::new(log));
    let before = prepared.step.clone();
    if before.checkpoint.done > 0 {
        eprintln!("going on after {} of an earlier run", many(before.checkpoint.done, "row"));
    }
    let (rows, unreadable) = rows(&prepared.source, prepared.converter.clone())?;
    let keeper = Arc::clone(&log);
    let import = client
        .dynamic_object(prepared.object.clone())
        .raw()
        .import_each(rows)
        .concurrency(concurrency(arguments, &found))
        .resume(before.checkpoint.clone())
        .keep(move |checkpoint| lock(&keeper).keep(checkpoint));
    let mut run = Run { plan: &prepared.plan, log: &log, ids: Ids::default(), merged: Vec::new() };
    let mut progress = Progress::new(prepared.rows, before.checkpoint.done);
    let mut outcomes = import.outcomes();
    let stop = run.follow(&mut outcomes, &mut progress, arguments.running.max_errors).await?;
    progress.end();
    let stop = lock(&unreadable).take().map(Stop::Unreadable).or(stop);
    let stop = stop.or_else(|| outcomes.stopped().map(Stop::Failed));
    lock(&log).end(outcomes.checkpoint(), stop.is_none(), found.all_match)?;
    let merged = run.merged(&found, &before.checkpoint);
    end(&prepared, &log, merged, stop, arguments)
}

/// Where the order of the rows counts, one batch is under way at a time.
fn concurrency(arguments: &Arguments, found: &Found) -> usize {
    if found.order_counts {
        eprintln!("one batch at a time: a row takes a value that one before it has given up");
        return 1;
    }
    arguments.running.concurrency.into()
}

/// Duplicates are named before anything is sent.
fn tell_merges(found: &Found) {
    let merged = &found.report.merged;
    for Merged { line, into, value } in merged.iter().take(super::report::NAMED) {
        let value = crate::output::text::plain(value);
        eprintln!(
            "line {line} is about the record of line {into} (`{value}`), and is merged into it"
        );
    }
    if merged.len() > super::report::NAMED {
        eprintln!("… {} such lines in all", merged.len());
    }
}

type Unreadable = Arc<Mutex<Option<io::Error>>>;

/// The items of a file, up to the first line that can't be read.
fn rows(
    source: &Source,
    converter: Converter,
) -> Result<(impl Iterator<Item = Item> + Send + use<>, Unreadable), Failure> {
    let unreadable = Unreadable::default();
    let noted = Arc::clone(&unreadable);
    let rows = source.rows()?.map_while(move |row| match row {
        Ok(row) => Some(converter.item(row)),
        Err(error) => {
            *lock(&noted) = Some(error);
            None
        }
    });
    Ok((rows, unreadable))
}

/// An import under way.
struct Run<'p> {
    plan: &'p Plan,
    log: &'p Arc<Mutex<Log>>,
    ids: Ids,
    merged: Vec<Merged>,
}

type Ends<'s> = Outcomes<'s, RawAttributes, Item>;

impl Run<'_> {
    /// Takes each outcome in order. Says why it stops early, where that is not the service's doing.
    async fn follow(
        &mut self,
        outcomes: &mut Ends<'_>,
        progress: &mut Progress,
        max_errors: Option<u64>,
    ) -> Result<Option<Stop>, Failure> {
        let mut interrupts = Interrupts::new()?;
        let (mut stop, mut refused) = (None, 0);
        loop {
            let imported = tokio::select! {
                biased;
                () = interrupts.next(), if stop.is_none() => {
                    progress.tell("stopping: what is under way is waited for; Ctrl-C again ends at once");
                    stop = Some(Stop::Interrupted);
                    outcomes.stop();
                    continue;
                }
                imported = outcomes.next() => imported,
            };
            let Some(imported) = imported else { return Ok(stop) };
            refused += u64::from(matches!(imported.end, End::Refused(_)));
            if matches!(imported.end, End::NotAttempted(_)) {
                continue;
            }
            self.take(&imported)?;
            lock(self.log).note(outcomes.checkpoint())?;
            progress.at(outcomes.checkpoint().done);
            if stop.is_none() && max_errors.is_some_and(|most| refused > most) {
                stop = Some(Stop::TooMany(refused));
                outcomes.stop();
            }
        }
    }

    /// Notes what has become of a row.
    fn take(&mut self, imported: &Imported<RawAttributes, Item>) -> io::Result<()> {
        let Imported { item, end, .. } = imported;
        let mut log = lock(self.log);
        log.tally.count(end);
        match end {
            End::Written { id, outcome } => {
                let first = self.ids.first_line(id.as_str(), item.row.line);
                if let (Some(into), Some(Outcome::Matched)) = (first, outcome) {
                    let line = item.row.line;
                    self.merged.push(Merged { line, into, value: String::new() });
                }
                Ok(())
            }
            End::Refused(error) => log.refused.add(&item.row, &self.plan.reason(error.problems())),
            End::Uncertain(error) => log.uncertain.add(&item.row, &error.to_string()),
            _ => Ok(()),
        }
    }

    /// Which rows went into the record of another. Of those that an earlier run has sent no more is
    /// known than the file says.
    fn merged(self, found: &Found, before: &Checkpoint) -> Vec<Merged> {
        let mut merged = self.merged;
        for one in &mut merged {
            let same = found.report.merged.iter().find(|known| known.line == one.line);
            same.into_iter().for_each(|same| one.value.clone_from(&same.value));
        }
        let earlier = found.report.merged.iter().filter(|_| before.done > 0);
        let unknown: Vec<Merged> = earlier
            .filter(|one| merged.iter().all(|known| known.line != one.line))
            .cloned()
            .collect();
        merged.extend(unknown);
        merged.sort_by_key(|one| one.line);
        merged
    }
}

/// Says what has become of the import, and how to go on with it.
fn end(
    prepared: &Prepared,
    log: &Arc<Mutex<Log>>,
    merged: Vec<Merged>,
    stop: Option<Stop>,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let log = lock(log);
    let mut tally = log.tally;
    tally.not_attempted = prepared.rows.saturating_sub(
        tally.created + tally.matched + tally.written + tally.refused + tally.uncertain,
    );
    let report = Report {
        object: prepared.plan.object.clone(),
        input: prepared.input.clone(),
        rows: prepared.rows,
        tally,
        merged,
        refused_file: (tally.refused > 0).then(|| log.refused.path().to_owned()),
        uncertain_file: (tally.uncertain > 0).then(|| log.uncertain.path().to_owned()),
        ..Report::default()
    };
    report.write(arguments.running.report.as_deref())?;
    match stop {
        None => ended(&report),
        Some(stop) => Err(stopped(stop, log.journal())),
    }
}

/// All rows have their end, and not all of them the one that was wanted.
fn ended(report: &Report) -> Result<(), Failure> {
    let file = |path: &Option<std::path::PathBuf>| {
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
    match journal {
        Some(journal) => failure.hint(format!(
            "the same command goes on, or `clarify import --resume {}`",
            journal.path().display()
        )),
        None => failure,
    }
}

/// The line of the row that each record came from: of an id sixteen bytes.
#[derive(Default)]
struct Ids {
    lines: std::collections::HashMap<(u64, u64), u64>,
    hashers: (std::hash::RandomState, std::hash::RandomState),
}

impl Ids {
    /// The line of an earlier row that was written into the same record.
    fn first_line(&mut self, id: &str, line: u64) -> Option<u64> {
        use std::hash::BuildHasher as _;

        let key = (self.hashers.0.hash_one(id), self.hashers.1.hash_one(id));
        let first = *self.lines.entry(key).or_insert(line);
        (first != line).then_some(first)
    }
}

/// The first Ctrl-C is told of; the second ends the process, whatever it is at.
struct Interrupts(tokio::sync::mpsc::Receiver<()>);

impl Interrupts {
    fn new() -> Result<Self, Failure> {
        let (sender, receiver) = tokio::sync::mpsc::channel(1);
        let mut signals = signal_hook::iterator::Signals::new([
            signal_hook::consts::SIGINT,
            signal_hook::consts::SIGTERM,
        ])?;
        std::thread::spawn(move || {
            for (count, _) in signals.forever().enumerate() {
                if count > 0 {
                    std::process::exit(Exit::Interrupted as i32);
                }
                let _ = sender.blocking_send(());
            }
        });
        Ok(Self(receiver))
    }

    async fn next(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
