//! What a run has brought into being, so that nothing of it stays.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Response};
use indexmap::IndexSet;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::Notify;

/// How far the clocks of two machines may be apart.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

/// Notes each record and object that a request makes, and each that is deleted again.
///
/// A record that is older than the run is never noted: it was matched, and is somebody's.
#[derive(Debug)]
pub struct Ledger {
    since: Timestamp,
    state: Mutex<State>,
    answered: Notify,
}

#[derive(Debug, Default)]
struct State {
    records: IndexSet<(String, String)>,
    /// The ids of records that were there when the run began.
    others: IndexSet<String>,
    objects: IndexSet<String>,
    unsure: Vec<Lost>,
    refusals: Vec<String>,
    under_way: usize,
}

/// What there is to be deleted, or could not be.
#[derive(Debug, Default)]
pub struct Left {
    /// Records: object and id.
    pub records: Vec<(String, String)>,
    /// Custom objects.
    pub objects: Vec<String>,
    /// Requests without an answer, which may have made something.
    pub unsure: Vec<Lost>,
}

/// A request that may have made something, and was not answered or not with what became of it.
#[derive(Clone, Debug)]
pub struct Lost {
    path: Vec<String>,
    body: Value,
    /// Records that it may have made, or somebody else.
    candidates: Vec<String>,
}

/// What a request was to make.
pub(super) enum Made<'a> {
    /// An object, from this label.
    Object(&'a str),
    /// Records of an object, from these.
    Records(&'a str, Vec<&'a Value>),
    Nothing,
}

impl Lost {
    pub(super) fn made(&self) -> Made<'_> {
        let path: Vec<_> = self.path.iter().map(String::as_str).collect();
        match *path {
            ["schemas", "objects"] => Made::Object(self.body["name"].as_str().unwrap_or_default()),
            ["objects", object, "records" | "resources"] | ["objects", object, _, "bulk"] => {
                let sent = each(&self.body["data"]);
                Made::Records(object, sent.collect())
            }
            // Merges and links are of records that are noted, fields of objects that are.
            _ => Made::Nothing,
        }
    }

    /// The same, which may have made these.
    pub(super) fn with(self, candidates: Vec<String>) -> Self {
        Self { candidates, ..self }
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "POST /{}", self.path.join("/"))?;
        match &*self.candidates {
            [] => Ok(()),
            candidates => write!(f, ": one of {}", candidates.join(", ")),
        }
    }
}

impl Left {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.records.is_empty() && self.objects.is_empty() && self.unsure.is_empty()
    }
}

/// A request whose answer has not come yet.
pub(crate) struct Entry {
    ledger: Arc<Ledger>,
    method: Method,
    /// The parts of the path below the workspace.
    path: Vec<String>,
    body: Value,
}

impl Ledger {
    /// An empty ledger of a run that begins now.
    #[must_use]
    pub fn new() -> Arc<Self> {
        let since = Timestamp::now() - CLOCKS;
        Arc::new(Self { since, state: Mutex::default(), answered: Notify::new() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn open(self: &Arc<Self>, request: &reqwest::Request) -> Entry {
        self.state().under_way += 1;
        let path = request.url().path().split("/workspaces/").nth(1).unwrap_or_default();
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        Entry {
            ledger: Arc::clone(self),
            method: request.method().clone(),
            path: path.split('/').skip(1).map(str::to_owned).collect(),
            body: serde_json::from_slice(body).unwrap_or_default(),
        }
    }

    /// Waits until every request is answered, or `patience` is over.
    pub(super) async fn settled(&self, patience: Duration) {
        let all = async {
            loop {
                let answered = self.answered.notified();
                if self.state().under_way == 0 {
                    break;
                }
                answered.await;
            }
        };
        // Whoever is late is among the unsure: nothing else can be said of it.
        let _ = tokio::time::timeout(patience, all).await;
    }

    /// What was made and not deleted again.
    pub fn left(&self) -> Left {
        let state = self.state();
        Left {
            records: state.records.iter().cloned().collect(),
            objects: state.objects.iter().cloned().collect(),
            unsure: state.unsure.clone(),
        }
    }

    /// What was refused since this was asked last.
    pub(super) fn take_refusals(&self) -> Vec<String> {
        std::mem::take(&mut self.state().refusals)
    }

    pub(super) fn forget_record(&self, object: &str, id: &str) {
        self.state().records.shift_remove(&(object.to_owned(), id.to_owned()));
    }

    /// Forgets an object, and its records with it.
    pub(super) fn forget_object(&self, name: &str) {
        let mut state = self.state();
        state.objects.shift_remove(name);
        state.records.retain(|(object, _)| object != name);
    }

    /// The requests of which it is not known what they have made.
    pub(super) fn take_unsure(&self) -> Vec<Lost> {
        std::mem::take(&mut self.state().unsure)
    }

    pub(super) fn is_unsure(&self, lost: Lost) {
        self.state().unsure.push(lost);
    }

    pub(super) fn note_object(&self, name: &str) {
        self.state().objects.insert(name.to_owned());
    }

    pub(super) fn note_record(&self, object: &str, record: &Value) {
        if let Some(id) = record["id"].as_str()
            && self.is_of_this_run(record)
        {
            self.state().records.insert((object.to_owned(), id.to_owned()));
        }
    }

    /// Lets a record alone, as it is older than the run.
    pub(super) fn is_others(&self, record: &Value) {
        self.state().others.extend(record["id"].as_str().map(str::to_owned));
    }

    /// Whether a record can be of this run.
    fn is_of_this_run(&self, record: &Value) -> bool {
        self.is_recent(record) && !self.is_anothers(record)
    }

    /// Whether a record is no older than the run.
    pub(super) fn is_recent(&self, record: &Value) -> bool {
        let created = record["attributes"]["_created_at"].as_str();
        let created = created.and_then(|text| text.parse::<Timestamp>().ok());
        created.is_none_or(|created| created >= self.since)
    }

    /// Whether a record was there when the run began.
    pub(super) fn is_anothers(&self, record: &Value) -> bool {
        record["id"].as_str().is_some_and(|id| self.state().others.contains(id))
    }
}

impl Entry {
    pub(crate) fn close(self, answer: Option<&Response<Bytes>>) {
        if self.method == Method::POST
            && answer.is_none_or(|answer| answer.status().is_server_error())
        {
            let (path, body) = (self.path.clone(), self.body.clone());
            self.ledger.is_unsure(Lost { path, body, candidates: Vec::new() });
        }
        let Some(answer) = answer else { return };
        if answer.status().is_success() {
            let body = serde_json::from_slice(answer.body()).unwrap_or_default();
            self.note(&body);
        } else {
            let text = String::from_utf8_lossy(answer.body()).into_owned();
            self.ledger.state().refusals.push(text);
        }
    }

    fn note(&self, answer: &Value) {
        let ledger = &self.ledger;
        let path: Vec<_> = self.path.iter().map(String::as_str).collect();
        match (self.method.as_str(), &*path) {
            (
                "POST",
                ["objects", object, "records" | "resources"] | ["objects", object, _, "bulk"],
            ) => {
                each(&answer["data"]).for_each(|record| ledger.note_record(object, record));
            }
            ("POST", ["objects", object, _, _, "merges"]) => {
                each(&self.body["data"]["attributes"]["sources"])
                    .filter_map(Value::as_str)
                    .for_each(|id| ledger.forget_record(object, id));
            }
            ("DELETE", ["objects", object, "records", id]) => ledger.forget_record(object, id),
            ("DELETE", ["objects", object, "records"]) => {
                let ids = each(&self.body["items"]).filter_map(Value::as_str);
                ids.for_each(|id| ledger.forget_record(object, id));
            }
            ("POST", ["schemas", "objects"]) => {
                let id = answer["data"]["id"].as_str().unwrap_or_default();
                let name = id.rsplit('/').next().unwrap_or_default();
                ledger.note_object(name);
            }
            ("DELETE", ["schemas", "objects", name]) => ledger.forget_object(name),
            _ => {}
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.ledger.state().under_way -= 1;
        self.ledger.answered.notify_waiters();
    }
}

/// The items of a list, or the one thing that is there.
pub(super) fn each(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(items) => items.iter(),
        Value::Null => [].iter(),
        one => std::slice::from_ref(one).iter(),
    }
}
