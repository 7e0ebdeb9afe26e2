//! What came, and what became of it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use http::{HeaderMap, Method};
use serde_json::Value;

use super::fault::Fault;
use super::message::Request;
use super::plan::{Met, Plan};

/// A request, and what became of it so far.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The verb.
    pub method: Method,
    /// The path with its query, as it came.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; empty where it was not read.
    pub body: String,
    /// What went wrong: a latency only where nothing else did.
    pub fault: Option<Fault>,
    /// Whether the service got it.
    pub forwarded: bool,
    /// The status that the service gave it, before a dialect made another one of it.
    pub status: Option<u16>,
    /// The status that the client was sent; none where the connection was closed before.
    pub answered: Option<u16>,
    /// When its head was there.
    pub began: Instant,
}

impl Seen {
    fn new(request: &Request, fault: Option<Fault>) -> Self {
        Self {
            method: request.method.clone(),
            path: request.target.clone(),
            headers: request.headers.clone(),
            body: String::new(),
            fault,
            forwarded: false,
            status: None,
            answered: None,
            began: Instant::now(),
        }
    }

    /// The body as JSON; `null` where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Whether it has this verb and its path contains this.
    #[must_use]
    pub fn is(&self, method: &str, part: &str) -> bool {
        self.method == method && self.path.split('?').next().is_some_and(|p| p.contains(part))
    }
}

/// All requests, and the plan that they meet.
#[derive(Debug, Default)]
pub(super) struct Book {
    pages: Mutex<Pages>,
    in_flight: AtomicUsize,
    peak: AtomicUsize,
}

/// One lock for both, so that the numbers of the plan are the places in the list.
#[derive(Debug, Default)]
struct Pages {
    plan: Plan,
    seen: Vec<Seen>,
}

impl Book {
    pub(super) fn new(plan: Plan) -> Self {
        Self { pages: Mutex::new(Pages { plan, seen: Vec::new() }), ..Self::default() }
    }

    /// A test that ended in the middle has nothing to do with what is counted here.
    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a request down whose head is there, and finds out what it meets.
    pub(super) fn enter(&self, request: &Request) -> (Visit<'_>, Met) {
        let now = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        self.peak.fetch_max(now, Ordering::SeqCst);
        let mut pages = self.pages();
        let met = pages.plan.meet(&request.method, &request.target);
        pages.seen.push(Seen::new(request, met.fault.clone()));
        let place = pages.seen.len() - 1;
        (Visit { book: self, place, gone: AtomicBool::new(false) }, met)
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.pages().seen.clone()
    }

    pub(super) fn count(&self) -> usize {
        self.pages().seen.len()
    }

    pub(super) fn peak(&self) -> usize {
        self.peak.load(Ordering::SeqCst)
    }

    pub(super) fn forget_faults(&self) {
        self.pages().plan.rules.clear();
    }
}

/// One request on its way.
pub(super) struct Visit<'b> {
    book: &'b Book,
    place: usize,
    gone: AtomicBool,
}

impl Visit<'_> {
    pub(super) fn note(&self, write: impl FnOnce(&mut Seen)) {
        write(&mut self.book.pages().seen[self.place]);
    }

    pub(super) fn seen(&self) -> Seen {
        self.book.pages().seen[self.place].clone()
    }

    /// The request is no longer in flight. It must be said before the client can know: its next
    /// request would else be counted beside this one.
    pub(super) fn leave(&self) {
        if !self.gone.swap(true, Ordering::SeqCst) {
            self.book.in_flight.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        self.leave();
    }
}
