//! A batch, sent until each of its items has its end.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use jiff::Timestamp;

use super::outcome::Ended;
use super::parcel::{Batch, Part};
use super::unit::Unit;
use super::waiting::{Waiting, WakingClock};
use super::{Event, Work};
use crate::client::Sender;
use crate::client::transport::TransportError;
use crate::error::{Cause, Problem};
use crate::object::ObjectRef;
use crate::request::read::Written;
use crate::{Client, Error, Outcome, RetryPolicy};

/// After this many records in a row that the service failed on by themselves, with 500, it is the
/// service that is at fault.
const MOST_FAILED_IN_A_ROW: u32 = 50;

/// An older record than the run is one that was there. The clocks of two machines differ by less.
const CLOCKS_DIFFER_BY: i64 = 10;

/// After this many batches in a row whose answers were lost, creates are given up: each of them
/// leaves 25 records that somebody has to look for.
const MOST_LOST_IN_A_ROW: u32 = 10;

/// What all batches of an import share.
pub(super) struct Run {
    pub(super) sender: Sender,
    pub(super) object: ObjectRef,
    pub(super) work: Work,
    pub(super) policy: RetryPolicy,
    pub(super) began: Timestamp,
    pub(super) on_event: Option<Mutex<OnEvent>>,
    pub(super) waiting: Arc<Waiting>,
    seen: Seen,
    stopped: OnceLock<Error>,
    /// Batches whose answers were lost, or records that the service failed on, since anything went
    /// well.
    lost_in_a_row: AtomicU32,
}

/// What is told of events.
pub(super) type OnEvent = Box<dyn FnMut(Event<'_>) + Send>;

impl Run {
    pub(super) fn new(
        client: &Client,
        object: ObjectRef,
        work: Work,
        policy: RetryPolicy,
        on_event: Option<OnEvent>,
    ) -> Self {
        let waiting = Arc::<Waiting>::default();
        let waking = |clock| WakingClock { clock, waiting: Arc::clone(&waiting) };
        Self {
            sender: client.sender().within_task(waking),
            waiting,
            object,
            work,
            policy,
            began: client.now(),
            on_event: on_event.map(Mutex::new),
            seen: Seen::default(),
            stopped: OnceLock::new(),
            lost_in_a_row: AtomicU32::new(0),
        }
    }

    /// Why the import stops, if it does.
    pub(super) fn stopped(&self) -> Option<&Error> {
        self.stopped.get()
    }

    /// Stops the import: nothing is sent any more. The first reason counts.
    pub(super) fn stop(&self, error: &Error) {
        self.stopped.get_or_init(|| error.clone());
    }

    /// Stops the import where a batch was under way on what has ended before it, such as a runtime.
    pub(super) fn cut(&self) {
        let error = TransportError::broken("what the batch was sent by has ended before it");
        self.stop(&Error::new(self.work.context(&self.object), error.into_cause()));
    }

    /// What the schema finds wrong with an item.
    pub(super) fn check(&self, unit: &Unit) -> Vec<Problem> {
        let is_known = self.object.is_known() && unit.work != Work::Delete;
        if is_known { unit.check(&self.object) } else { Vec::new() }
    }

    /// The error of an item that can't be sent.
    pub(super) fn unsendable(&self, problems: Vec<Problem>) -> Error {
        let problems = problems.into_iter().map(|problem| problem.below("/data/attributes"));
        Error::new(self.work.context(&self.object), Cause::Unsendable(problems.collect()))
    }

    /// Whether anybody is told of events.
    pub(super) const fn is_watched(&self) -> bool {
        self.on_event.is_some()
    }

    pub(super) fn tell(&self, event: Event<'_>) {
        if let Some(on_event) = &self.on_event {
            (lock(on_event))(event);
        }
    }

    /// Sends a batch until each of its items has its end.
    pub(super) async fn batch(&self, batch: &mut Batch) {
        let Batch { work, parts, body, .. } = batch;
        let work = work.unwrap_or(self.work);
        work.end_body(body, &self.object, parts);
        let whole = Bytes::from(std::mem::take(body));
        let mut pieces =
            vec![Piece { work, parts, whole: &whole, is_whole: true, maybe_done: false }];
        while let Some(piece) = pieces.pop() {
            match self.stopped() {
                Some(error) => piece.leave(error),
                None => pieces.extend(self.piece(piece).await.into_iter().rev()),
            }
        }
        // The next batch has its memory, unless somebody still holds it, as the error of a create does
        // whose answer was lost.
        *body = whole.try_into_mut().map(Vec::from).unwrap_or_default();
    }

    /// Sends items together. What has no end then is left, in pieces.
    async fn piece<'b>(&self, piece: Piece<'b>) -> Vec<Piece<'b>> {
        match self.send(&piece).await {
            Ok(written) => {
                self.lost_in_a_row.store(0, Ordering::Relaxed);
                self.written(piece.parts, written);
                Vec::new()
            }
            Err(error) => self.failed(piece, error),
        }
    }

    async fn send(&self, piece: &Piece<'_>) -> Result<Vec<Written>, Error> {
        let call = piece.work.call(&self.object, piece.body(&self.object), piece.parts.len());
        let mut on_retry = |error: &Error, wait| self.tell(Event::Retrying { error, wait });
        self.sender.send(&call, Work::read, &self.policy, piece.maybe_done, &mut on_retry).await
    }

    fn written(&self, parts: &mut [Part], written: Vec<Written>) {
        let mut written = written.into_iter();
        for part in parts {
            let (id, outcome) = match written.next() {
                Some(written) => {
                    let outcome = self.outcome(&written);
                    (written.id, outcome)
                }
                None => (part.id().into(), None),
            };
            part.end = Some(Ended::Written { id, outcome });
        }
    }

    /// A record that the service says nothing of was matched if its id was there earlier in the run,
    /// or if it is older than the run.
    fn outcome(&self, written: &Written) -> Option<Outcome> {
        if written.outcome? != Outcome::Unknown {
            return written.outcome;
        }
        let began = self.began.as_second() - CLOCKS_DIFFER_BY;
        let is_older = written.created_at.is_some_and(|at| at.as_second() < began);
        let was_seen = !self.seen.is_new(written.id.as_str());
        Some(if is_older || was_seen { Outcome::Matched } else { Outcome::Unknown })
    }

    fn failed<'b>(&self, piece: Piece<'b>, error: Error) -> Vec<Piece<'b>> {
        match self.verdict(&piece, &error) {
            Verdict::Refuse(refused) => piece.without(&refused, &error),
            Verdict::Halve => piece.halves(&error),
            Verdict::Lost { stop } => {
                if stop {
                    self.stop(&error);
                }
                piece.end(&Ended::Uncertain(error));
                Vec::new()
            }
            Verdict::Stop => {
                self.stop(&error);
                piece.leave(&error);
                Vec::new()
            }
        }
    }

    fn verdict(&self, piece: &Piece<'_>, error: &Error) -> Verdict {
        let is_items_fault = error.is_invalid() || (error.is_not_found() && piece.work.has_ids());
        let count = piece.parts.len();
        let refused = if is_items_fault { at_fault(error, count) } else { Vec::new() };
        match piece.parts {
            _ if !refused.is_empty() => self.heard(Verdict::Refuse(refused)),
            [_] if is_items_fault && !error.may_have_written() => {
                self.heard(Verdict::Refuse(vec![0]))
            }
            [_] if is_items_fault => Verdict::Lost { stop: false },
            _ if is_items_fault => self.heard(Verdict::Halve),
            _ if error.may_have_written() => self.verdict_on_lost(piece, error),
            _ => Verdict::Stop,
        }
    }

    /// The service is there, and has looked at what it was sent.
    fn heard(&self, verdict: Verdict) -> Verdict {
        self.lost_in_a_row.store(0, Ordering::Relaxed);
        verdict
    }

    /// What may have been written is never sent again where that would write it twice. Else one
    /// record may be what the service fails on; and if it fails on all, it is not there.
    fn verdict_on_lost(&self, piece: &Piece<'_>, error: &Error) -> Verdict {
        if piece.work.is_sent_once() {
            return self.lost(MOST_LOST_IN_A_ROW);
        }
        match piece.parts {
            [_] if error.status() == Some(500) => self.lost(MOST_FAILED_IN_A_ROW),
            _ if error.status() == Some(500) => Verdict::Halve,
            // It was written, and the answer tells not what.
            _ => Verdict::Lost { stop: !error.is_unreadable() || error.is_transient() },
        }
    }

    fn lost(&self, most_in_a_row: u32) -> Verdict {
        let lost = self.lost_in_a_row.fetch_add(1, Ordering::Relaxed) + 1;
        Verdict::Lost { stop: lost >= most_in_a_row }
    }
}

/// Items that are sent together, of those of a batch.
struct Piece<'b> {
    work: Work,
    parts: &'b mut [Part],
    /// The body of the call about all items of the batch.
    whole: &'b Bytes,
    /// Whether these are all of them, so that it is sent as it is.
    is_whole: bool,
    /// Whether they may be written already, in a call whose answer was lost.
    maybe_done: bool,
}

impl<'b> Piece<'b> {
    fn body(&self, object: &ObjectRef) -> Bytes {
        if self.is_whole {
            return self.whole.clone();
        }
        self.work.body_of(object, self.parts, self.whole).into()
    }

    fn end(self, end: &Ended) {
        self.parts.iter_mut().for_each(|part| part.end = Some(end.clone()));
    }

    /// The import stops before they are sent. Whatever it stops for, they have no part in it.
    fn leave(self, error: &Error) {
        let end = if self.maybe_done { Ended::Uncertain } else { Ended::NotAttempted };
        self.end(&end(error.clone()));
    }

    fn halves(self, error: &Error) -> Vec<Self> {
        let middle = self.parts.len().div_ceil(2);
        let (first, second) = self.parts.split_at_mut(middle);
        let maybe_done = error.may_have_written();
        [first, second].map(|parts| Piece { parts, is_whole: false, maybe_done, ..self }).into()
    }

    fn without(self, refused: &[usize], error: &Error) -> Vec<Self> {
        for (place, part) in self.parts.iter_mut().enumerate() {
            part.end = refused.contains(&place).then(|| Ended::Refused(error.of_record(place)));
        }
        // The others stay in their order.
        self.parts.sort_by_key(|part| part.end.is_none());
        let ended = self.parts.partition_point(|part| part.end.is_some());
        let (_, parts) = self.parts.split_at_mut(ended);
        let maybe_done = error.may_have_written();
        let rest = Piece { parts, is_whole: false, maybe_done, ..self };
        if rest.parts.is_empty() { Vec::new() } else { vec![rest] }
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
    Refuse(Vec<usize>),
    /// Some item is at fault: each half is sent by itself.
    Halve,
    /// It may have been written all the same.
    Lost { stop: bool },
    /// It can't get better, or has had the time for it.
    Stop,
}

/// The places of the items that a refusal points to, if there are such.
fn at_fault(error: &Error, count: usize) -> Vec<usize> {
    let places = error.problems().iter().filter_map(Problem::record_index);
    places.filter(|place| *place < count).collect()
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
