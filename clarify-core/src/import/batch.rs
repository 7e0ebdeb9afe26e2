//! A batch, sent until each of its items has its end.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::outcome::Ended;
use super::unit::Unit;
use super::{Event, Work};
use crate::error::{Cause, Problem};
use crate::object::ObjectRef;
use crate::request::read::Written;
use crate::{Client, Error, Outcome, RetryPolicy};

/// After this many batches in a row whose answers were lost, creates are given up: each of them
/// leaves 25 records that somebody has to look for.
const MOST_LOST_IN_A_ROW: u32 = 10;

/// What all batches of an import share.
pub(super) struct Run {
    pub(super) client: Client,
    pub(super) object: ObjectRef,
    pub(super) work: Work,
    pub(super) policy: RetryPolicy,
    pub(super) began: Timestamp,
    pub(super) on_event: Mutex<OnEvent>,
    seen: Seen,
    stopped: Mutex<Option<Error>>,
    lost_in_a_row: AtomicU32,
}

/// What is told of events.
pub(super) type OnEvent = Box<dyn FnMut(Event<'_>) + Send>;

/// A batch at its end.
pub(super) struct Finished {
    pub(super) ends: Vec<(u64, Ended)>,
    /// What belonged to its items.
    pub(super) keys: Vec<String>,
}

impl Run {
    pub(super) fn new(
        client: Client,
        object: ObjectRef,
        work: Work,
        policy: RetryPolicy,
        on_event: OnEvent,
    ) -> Self {
        let began = client.now();
        let on_event = Mutex::new(on_event);
        let (seen, stopped) = (Seen::default(), Mutex::default());
        let lost_in_a_row = AtomicU32::new(0);
        Self { client, object, work, policy, began, on_event, seen, stopped, lost_in_a_row }
    }

    /// Why the import stops, if it does.
    pub(super) fn stopped(&self) -> Option<Error> {
        lock(&self.stopped).clone()
    }

    /// Stops the import: nothing is sent any more. The first reason counts.
    pub(super) fn stop(&self, error: &Error) {
        lock(&self.stopped).get_or_insert_with(|| error.clone());
    }

    /// What the schema finds wrong with an item.
    pub(super) fn check(&self, unit: &Unit) -> Vec<Problem> {
        let is_known = self.object.is_known() && self.work != Work::Delete;
        if is_known { unit.check(&self.object, self.work) } else { Vec::new() }
    }

    /// The error of an item that can't be sent.
    pub(super) fn unsendable(&self, problems: Vec<Problem>) -> Error {
        let problems = problems.into_iter().map(|problem| problem.below("/data/attributes"));
        Error::new(self.work.context(&self.object), Cause::Unsendable(problems.collect()))
    }

    pub(super) fn tell(&self, event: Event<'_>) {
        (lock(&self.on_event))(event);
    }

    /// Sends a batch until each of its items has its end.
    pub(super) async fn batch(self: Arc<Self>, mut units: Vec<Unit>) -> Finished {
        let keys = units.iter_mut().flat_map(|unit| std::mem::take(&mut unit.keys)).collect();
        let mut ends = Vec::with_capacity(units.len());
        let mut pieces = VecDeque::from([units]);
        while let Some(piece) = pieces.pop_front() {
            let rest = match self.stopped() {
                Some(error) => Rest::ended(piece, &Ended::NotAttempted(error)),
                None => self.piece(piece).await,
            };
            ends.extend(rest.ends);
            rest.pieces.into_iter().rev().for_each(|piece| pieces.push_front(piece));
        }
        Finished { ends, keys }
    }

    async fn piece(&self, units: Vec<Unit>) -> Rest {
        match self.send(&units).await {
            Ok(written) => {
                self.lost_in_a_row.store(0, Ordering::Relaxed);
                self.written(units, written)
            }
            Err(error) => self.failed(units, error),
        }
    }

    async fn send(&self, units: &[Unit]) -> Result<Vec<Written>, Error> {
        let call = self.work.call(&self.object, units)?;
        let mut on_retry = |error: &Error, wait| self.tell(Event::Retrying { error, wait });
        self.client.send_with(&call, Work::read, &self.policy, &mut on_retry).await
    }

    fn written(&self, units: Vec<Unit>, written: Vec<Written>) -> Rest {
        let mut written = written.into_iter();
        let ends = units.into_iter().map(|unit| {
            let (id, outcome) = match written.next() {
                Some(written) => (written.id.clone(), self.outcome(&written)),
                None => (unit.id.unwrap_or_default(), None),
            };
            (unit.index, Ended::Written { id, outcome })
        });
        Rest { ends: ends.collect(), pieces: Vec::new() }
    }

    /// A record that the service says nothing of was matched if its id was there earlier in the run,
    /// or if it is older than the run.
    fn outcome(&self, written: &Written) -> Option<Outcome> {
        if written.outcome? != Outcome::Unknown {
            return written.outcome;
        }
        let is_older = written.created_at.is_some_and(|at| at.as_second() < self.began.as_second());
        let was_seen = !self.seen.is_new(&written.id);
        Some(if is_older || was_seen { Outcome::Matched } else { Outcome::Unknown })
    }

    fn failed(&self, units: Vec<Unit>, error: Error) -> Rest {
        match self.verdict(&units, &error) {
            Verdict::Refuse(refused) => Rest::without(units, &refused, &error),
            Verdict::Halve => Rest::halves(units),
            Verdict::Lost { stop } => {
                if stop {
                    self.stop(&error);
                }
                Rest::ended(units, &Ended::Uncertain(error))
            }
            Verdict::Stop => {
                self.stop(&error);
                Rest::ended(units, &Ended::NotAttempted(error))
            }
        }
    }

    fn verdict(&self, units: &[Unit], error: &Error) -> Verdict {
        if error.may_have_written() {
            return self.verdict_on_lost(units, error);
        }
        self.lost_in_a_row.store(0, Ordering::Relaxed);
        let is_items_fault = error.is_invalid() || (error.is_not_found() && self.work.has_ids());
        if !is_items_fault {
            return Verdict::Stop;
        }
        let refused = at_fault(error, units.len());
        match units {
            _ if !refused.is_empty() => Verdict::Refuse(refused),
            [_] => Verdict::Refuse(BTreeSet::from([0])),
            _ => Verdict::Halve,
        }
    }

    /// What may have been written is never sent again where that would write it twice. Else one
    /// record may be what the service fails on; and if it fails on all, it is not there.
    fn verdict_on_lost(&self, units: &[Unit], error: &Error) -> Verdict {
        if self.work == Work::Create {
            let lost = self.lost_in_a_row.fetch_add(1, Ordering::Relaxed) + 1;
            return Verdict::Lost { stop: lost >= MOST_LOST_IN_A_ROW };
        }
        let is_about_records = error.status() == Some(500);
        match units {
            [_] => Verdict::Lost { stop: !is_about_records },
            _ if is_about_records => Verdict::Halve,
            _ => Verdict::Lost { stop: error.is_transient() },
        }
    }
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("object", &self.object.name).field("work", &self.work).finish()
    }
}

/// What to do about a batch that was not written.
enum Verdict {
    /// The items at these places are at fault: the others are sent without them.
    Refuse(BTreeSet<usize>),
    /// Some item is at fault: each half is sent by itself.
    Halve,
    /// It may have been written all the same.
    Lost { stop: bool },
    /// It can't get better, or has had the time for it.
    Stop,
}

/// The places of the items that a refusal points to, if there are such.
fn at_fault(error: &Error, count: usize) -> BTreeSet<usize> {
    let places = error.problems().iter().filter_map(Problem::record_index);
    places.filter(|place| *place < count).collect()
}

/// What is left of a batch: the ends that its items have come to, and those to be sent yet.
struct Rest {
    ends: Vec<(u64, Ended)>,
    pieces: Vec<Vec<Unit>>,
}

impl Rest {
    fn ended(units: Vec<Unit>, end: &Ended) -> Self {
        let ends = units.into_iter().map(|unit| (unit.index, end.clone())).collect();
        Self { ends, pieces: Vec::new() }
    }

    fn halves(mut first: Vec<Unit>) -> Self {
        let second = first.split_off(first.len().div_ceil(2));
        Self { ends: Vec::new(), pieces: vec![first, second] }
    }

    fn without(units: Vec<Unit>, refused: &BTreeSet<usize>, error: &Error) -> Self {
        let (mut ends, mut others) = (Vec::new(), Vec::new());
        for (place, unit) in units.into_iter().enumerate() {
            if refused.contains(&place) {
                ends.push((unit.index, Ended::Refused(error.of_record(place))));
            } else {
                others.push(unit);
            }
        }
        let pieces = if others.is_empty() { Vec::new() } else { vec![others] };
        Self { ends, pieces }
    }
}

/// The ids that came back so far, where the service does not tell new records from others.
#[derive(Default)]
struct Seen {
    ids: Mutex<HashSet<u64>>,
    hasher: RandomState,
}

impl Seen {
    fn is_new(&self, id: &str) -> bool {
        lock(&self.ids).insert(self.hasher.hash_one(id))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
