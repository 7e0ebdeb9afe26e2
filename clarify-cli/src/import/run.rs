//! The import itself: rows are sent, and each is accounted for.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clarify_core::import::{Checkpoint, End, Event, Import, Imported, Outcomes};
use clarify_core::{Client, Outcome, RawAttributes, RetryPolicy};

use super::Arguments;
use super::ending::{self, Stop};
use super::ids::Ids;
use super::interrupts::Interrupts;
use super::log::Log;
use super::plan::{Item, Plan};
use super::prepare::Prepared;
use super::progress::Progress;
use super::read::Place;
use super::rehearse::{self, Found};
use super::report::{Merged, NAMED, Report};
use super::show::many;
use crate::failure::Failure;
use crate::output::text::plain;

/// Imports all rows, and says what has become of them.
pub(super) async fn run(
    mut prepared: Prepared,
    client: &Client,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let most = arguments.running.max_errors;
    let found = rehearse::before_sending(&prepared, client, most).await?;
    tell_merges(&found);
    let log = Arc::new(Mutex::new(Log::open(&mut prepared)?));
    let before = prepared.step.checkpoint.clone();
    if before.done > 0 {
        eprintln!("going on after {} of an earlier run", many(before.done, "row"));
    }
    let (rows, unreadable) = rows(&prepared, found.ends_after)?;
    let mut progress = Progress::new(prepared.rows, before.done);
    let import = client.dynamic_object(prepared.object.clone()).raw().import_each(rows);
    let mut outcomes = set(import, arguments, &log, &progress)
        .concurrency(concurrency(arguments, &found))
        .resume(before.clone())
        .outcomes();
    let mut run = Run::new(&prepared.plan, &log, most, arguments.named());
    run.follow(&mut outcomes, &mut progress).await?;
    progress.end();
    let is_whole = outcomes.checkpoint().done >= prepared.rows;
    let changed = (!prepared.source.is_as_it_was()).then_some(Stop::Changed);
    let stop = changed.or_else(|| lock(&unreadable).take().map(Stop::Unreadable));
    let stop = stop.or_else(|| run.stop(&outcomes, is_whole));
    let stop = stop.or_else(|| found.ends_after.map(|_| Stop::TooMany(run.refused)));
    lock(&log).end(outcomes.checkpoint(), stop.is_none(), found.all_match);
    let report = run.report(found, &before);
    ending::end(&prepared, &lock(&log), report, stop, arguments)
}

/// The import with what it tells, what it keeps, and its patience.
fn set<'s>(
    import: Import<'s, RawAttributes, Item>,
    arguments: &Arguments,
    log: &Arc<Mutex<Log>>,
    progress: &Progress,
) -> Import<'s, RawAttributes, Item> {
    let (log, mut retrying) = (Arc::clone(log), progress.retrying());
    let patience = Duration::from_secs(arguments.running.patience.into());
    import
        .retry(RetryPolicy::patient().total_time(patience))
        .keep(move |checkpoint| lock(&log).keep(checkpoint))
        .on_event(move |event| {
            if let Event::Retrying { error, wait } = event {
                retrying(error, wait);
            }
        })
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
    for merged in merged.iter().take(NAMED) {
        let (row, into, value) = (merged.row, merged.into(), plain(&merged.value));
        eprintln!("{row} is about the record of {into} (`{value}`), and is merged into it");
    }
    if merged.len() > NAMED {
        eprintln!("… {} such rows in all", merged.len());
    }
}

type Unreadable = Arc<Mutex<Option<io::Error>>>;

/// The items of a file, up to the first line that can't be read, or to where the import is to end.
fn rows(
    prepared: &Prepared,
    ends_after: Option<u64>,
) -> Result<(impl Iterator<Item = Item> + Send + use<>, Unreadable), Failure> {
    let unreadable = Unreadable::default();
    let (noted, converter) = (Arc::clone(&unreadable), prepared.converter.clone());
    let rows = prepared.source.rows()?.map_while(move |row| match row {
        Ok(row) => Some(converter.item(row)),
        Err(error) => {
            *lock(&noted) = Some(error);
            None
        }
    });
    let most = ends_after.and_then(|rows| usize::try_from(rows).ok()).unwrap_or(usize::MAX);
    Ok((rows.take(most), unreadable))
}

/// An import under way.
struct Run<'p> {
    plan: &'p Plan,
    log: &'p Arc<Mutex<Log>>,
    ids: Ids,
    report: Report,
    /// How many refused rows are named.
    named: usize,
    /// How many rows this run was refused.
    refused: u64,
    max_errors: Option<u64>,
    is_interrupted: bool,
}

type Ends<'s> = Outcomes<'s, RawAttributes, Item>;

impl<'p> Run<'p> {
    fn new(
        plan: &'p Plan,
        log: &'p Arc<Mutex<Log>>,
        max_errors: Option<u64>,
        named: usize,
    ) -> Self {
        let (ids, report) = (Ids::default(), Report::default());
        Self { plan, log, ids, report, named, refused: 0, max_errors, is_interrupted: false }
    }

    /// Takes each outcome in order, and lets the import stop where it is not to go on.
    async fn follow(
        &mut self,
        outcomes: &mut Ends<'_>,
        progress: &mut Progress,
    ) -> Result<(), Failure> {
        let mut interrupts = Interrupts::new()?;
        loop {
            let imported = tokio::select! {
                biased;
                () = interrupts.next(), if !self.is_interrupted => {
                    progress.tell("stopping: what is under way is waited for; Ctrl-C again ends at once");
                    self.is_interrupted = true;
                    outcomes.stop();
                    continue;
                }
                imported = outcomes.next() => imported,
            };
            let Some(imported) = imported else { return Ok(()) };
            if matches!(imported.end, End::NotAttempted(_)) {
                continue;
            }
            self.take(&imported);
            lock(self.log).note(outcomes.checkpoint());
            progress.at(outcomes.checkpoint().done);
            if self.has_too_many() || lock(self.log).unwritten.failure.is_some() {
                outcomes.stop();
            }
        }
    }

    fn has_too_many(&self) -> bool {
        self.max_errors.is_some_and(|most| self.refused > most)
    }

    /// Why it has ended before its last row, if it has. One that was to stop when all rows had their
    /// end has not.
    fn stop(&self, outcomes: &Ends<'_>, is_whole: bool) -> Option<Stop> {
        if is_whole && lock(self.log).tally.uncertain == 0 {
            None
        } else if self.is_interrupted {
            Some(Stop::Interrupted)
        } else if self.has_too_many() {
            Some(Stop::TooMany(self.refused))
        } else {
            outcomes.stopped().map(Stop::Failed)
        }
    }

    /// Notes what has become of a row.
    fn take(&mut self, imported: &Imported<RawAttributes, Item>) {
        let Imported { item, end, .. } = imported;
        let row = item.row.place;
        if let End::Written { id, outcome } = end {
            let first = self.ids.first(id.as_str(), row);
            if let (Some(into), Some(Outcome::Matched)) = (first, outcome) {
                self.report.merged.push(Merged::new(row, into, String::new()));
            }
        }
        if let End::Refused(error) = end {
            self.refused += 1;
            self.report.refuse(row, || self.plan.reason(error.problems()), self.named);
        }
        lock(self.log).add(imported, self.plan);
    }

    /// Which rows were refused, and which went into the record of another, with the value that they
    /// share. Of those that an earlier run has sent no more is known than the file says.
    fn report(mut self, found: Found, before: &Checkpoint) -> Report {
        let known = found.report.merged.into_iter();
        let mut known: HashMap<Place, Merged> = known.map(|one| (one.row, one)).collect();
        let merged = &mut self.report.merged;
        for one in merged.iter_mut() {
            one.value = known.remove(&one.row).map(|same| same.value).unwrap_or_default();
        }
        if before.done > 0 {
            merged.extend(known.into_values());
        }
        merged.sort_by_key(|one| one.row);
        self.report
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
