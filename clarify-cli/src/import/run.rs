//! The import itself: rows are sent, and each is accounted for.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clarify_core::import::{Checkpoint, End, Entry, Event, Import, Imported, Outcomes};
use clarify_core::{Client, Outcome, RawAttributes, RetryPolicy};

use super::Arguments;
use super::ending::{self, Stop};
use super::ids::Ids;
use super::interrupts::Interrupts;
use super::log::Log;
use super::plan::{Converter, Item, Plan};
use super::prepare::Prepared;
use super::progress::Progress;
use super::read::Source;
use super::rehearse::{self, Found};
use super::report::{Merged, NAMED};
use super::show::many;
use crate::failure::Failure;
use crate::output::text::plain;

/// Imports all rows, and says what has become of them.
pub(super) async fn run(
    mut prepared: Prepared,
    client: &Client,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let found = rehearse::before_sending(&prepared, client).await?;
    tell_merges(&found);
    let log = Log::open(&mut prepared, arguments.running.ids.as_deref())?;
    let log = Arc::new(Mutex::new(log));
    let before = prepared.step.clone();
    if before.checkpoint.done > 0 {
        eprintln!("going on after {} of an earlier run", many(before.checkpoint.done, "row"));
    }
    let (rows, unreadable) = rows(&prepared.source, prepared.converter.clone())?;
    let mut progress = Progress::new(prepared.rows, before.checkpoint.done);
    let import = client.dynamic_object(prepared.object.clone()).raw().import_each(rows);
    let mut outcomes = set(import, arguments, &log, &progress)
        .concurrency(concurrency(arguments, &found))
        .resume(before.checkpoint.clone())
        .outcomes();
    let mut run = Run { plan: &prepared.plan, log: &log, ids: Ids::default(), merged: Vec::new() };
    let stop = run.follow(&mut outcomes, &mut progress, arguments.running.max_errors).await?;
    progress.end();
    let stop = lock(&unreadable).take().map(Stop::Unreadable).or(stop);
    let stop = stop.or_else(|| outcomes.stopped().map(Stop::Failed));
    lock(&log).end(outcomes.checkpoint(), stop.is_none(), found.all_match)?;
    let merged = run.merged(found, &before.checkpoint);
    ending::end(&prepared, &lock(&log), merged, stop, arguments)
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
    for Merged { line, into, value } in merged.iter().take(NAMED) {
        let value = plain(value);
        eprintln!(
            "line {line} is about the record of line {into} (`{value}`), and is merged into it"
        );
    }
    if merged.len() > NAMED {
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
        let Imported { index, item, end, .. } = imported;
        let mut log = lock(self.log);
        log.tally.count(end);
        match end {
            End::Written { id, outcome } => {
                let first = self.ids.first_line(id.as_str(), item.row.line);
                if let (Some(into), Some(Outcome::Matched)) = (first, outcome) {
                    let line = item.row.line;
                    self.merged.push(Merged { line, into, value: String::new() });
                }
                log.add_id(item.row.line, id.as_str(), *outcome)
            }
            End::Refused(error) => log.refused.add(&item.row, &self.plan.reason(error.problems())),
            End::Uncertain(error) => {
                let may_be_sent = matches!(item.entry, Entry::Upsert(_));
                log.add_uncertain(*index, may_be_sent, &item.row, &error.to_string())
            }
            _ => Ok(()),
        }
    }

    /// Which rows went into the record of another, with the value that they share. Of those that an
    /// earlier run has sent no more is known than the file says.
    fn merged(self, found: Found, before: &Checkpoint) -> Vec<Merged> {
        let known = found.report.merged.into_iter();
        let mut known: HashMap<u64, Merged> = known.map(|one| (one.line, one)).collect();
        let mut merged = self.merged;
        for one in &mut merged {
            one.value = known.remove(&one.line).map(|same| same.value).unwrap_or_default();
        }
        if before.done > 0 {
            merged.extend(known.into_values());
        }
        merged.sort_by_key(|one| one.line);
        merged
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
