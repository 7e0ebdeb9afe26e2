//! The requests that a workspace received, for those who test programs. Headers are not kept, and so
//! neither is the key.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::Request;
use futures_util::TryStreamExt as _;
use tokio::sync::{RwLockReadGuard, watch};

use super::asked::Asked;
use crate::Request as Received;

/// How many requests are kept, the latest ones.
const MOST: usize = 10_000;

/// How many bytes of bodies are kept of all of them, and of one.
const MOST_BYTES: usize = 64 << 20;
const LONGEST_BODY: usize = 1 << 20;

#[derive(Debug, Default)]
pub(crate) struct Journal {
    kept: Mutex<Kept>,
    /// How many requests are over.
    over: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Kept {
    entries: VecDeque<Entry>,
    /// The number of the first that is kept.
    first: u64,
    /// The number of the first that counts.
    start: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    request: Received,
    body: Vec<u8>,
}

/// A request under way.
pub(super) struct Note {
    journal: Arc<Journal>,
    number: u64,
}

impl Journal {
    /// What was received, in order.
    pub(crate) fn requests(&self) -> Vec<Received> {
        let text = |entry: &Entry| String::from_utf8_lossy(&entry.body).into_owned();
        let read = |entry: &Entry| Received { body: text(entry), ..entry.request.clone() };
        self.kept().entries.iter().map(read).collect()
    }

    /// Begins anew.
    pub(crate) fn forget(&self) {
        let mut kept = self.kept();
        kept.first += kept.entries.len() as u64;
        kept.start = kept.first;
        kept.bytes = 0;
        kept.entries.clear();
        self.over.send_replace(0);
    }

    /// Waits until so many requests are over.
    pub(crate) async fn over(&self, count: u64) {
        // The sender lives as long as this.
        let _ = self.over.subscribe().wait_for(|over| *over >= count).await;
    }

    fn begin(self: &Arc<Self>, request: Received) -> Note {
        let mut kept = self.kept();
        let number = kept.first + kept.entries.len() as u64;
        kept.entries.push_back(Entry { request, body: Vec::new() });
        kept.limit();
        Note { journal: Arc::clone(self), number }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn entry(&mut self, number: u64) -> Option<&mut Entry> {
        self.entries.get_mut(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    fn read(&mut self, number: u64, bytes: &[u8]) {
        let Some(entry) = self.entry(number) else { return };
        let room = LONGEST_BODY - entry.body.len();
        let bytes = bytes.get(..room).unwrap_or(bytes);
        entry.body.extend(bytes);
        self.bytes += bytes.len();
        self.limit();
    }

    /// Gives up the oldest, where there are too many.
    fn limit(&mut self) {
        while self.entries.len() > MOST || self.bytes > MOST_BYTES {
            let Some(oldest) = self.entries.pop_front() else { return };
            self.bytes -= oldest.body.len();
            self.first += 1;
        }
    }
}

impl Note {
    fn read(&self, bytes: &Bytes) {
        self.journal.kept().read(self.number, bytes);
    }

    pub(super) fn answered(&self, status: u16) {
        if let Some(entry) = self.journal.kept().entry(self.number) {
            entry.request.status = Some(status);
        }
    }
}

/// With an answer or without one, it is over.
impl Drop for Note {
    fn drop(&mut self) {
        let kept = self.journal.kept();
        if self.number >= kept.start {
            self.journal.over.send_modify(|over| *over += 1);
        }
    }
}

/// Lets a request into its workspace: while that is brought back to what it was, nothing else is
/// under way.
pub(super) async fn enter(asked: &Asked) -> Option<RwLockReadGuard<'_, ()>> {
    match asked.workspace() {
        Some(workspace) => Some(workspace.gate.read().await),
        None => None,
    }
}

/// Keeps what is asked of a workspace that has a journal.
pub(super) fn keep(asked: &Asked, request: Request) -> (Request, Option<Arc<Note>>) {
    let journal = asked.workspace().and_then(|workspace| workspace.journal.as_ref());
    let Some(journal) = journal else { return (request, None) };
    let note = Arc::new(journal.begin(received(asked, &request)));
    let reader = Arc::clone(&note);
    let request = request.map(|body| {
        Body::from_stream(body.into_data_stream().inspect_ok(move |bytes| reader.read(bytes)))
    });
    (request, Some(note))
}

fn received(asked: &Asked, request: &Request) -> Received {
    let uri = request.uri();
    Received {
        method: request.method().to_string(),
        path: within(uri.path()),
        pattern: within(asked.pattern()),
        query: uri.query().unwrap_or_default().to_owned(),
        body: String::new(),
        status: None,
    }
}

/// What follows the workspace in a path.
fn within(path: &str) -> String {
    let rest = path
        .strip_prefix("/v1/workspaces/")
        .and_then(|rest| rest.find('/').map(|at| rest.split_at(at).1));
    rest.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &str) -> Received {
        let (method, path) = ("POST".to_owned(), path.to_owned());
        let (pattern, query, body) = (String::new(), String::new(), String::new());
        Received { method, path, pattern, query, body, status: None }
    }

    #[test]
    fn the_latest_requests_are_kept() {
        let journal = Arc::new(Journal::default());
        for number in 0..MOST + 5 {
            journal.begin(request(&number.to_string())).answered(200);
        }
        let kept = journal.requests();
        assert_eq!((kept.len(), &*kept[0].path), (MOST, "5"));
        assert!(kept.iter().all(|request| request.status == Some(200)));
    }

    #[test]
    fn bodies_have_so_much_room() {
        let journal = Arc::new(Journal::default());
        let body = Bytes::from(vec![b'x'; LONGEST_BODY / 2 + 1]);
        for number in 0..70 {
            let note = journal.begin(request(&number.to_string()));
            (0..3).for_each(|_| note.read(&body));
        }
        let kept = journal.requests();
        assert_eq!((kept.len(), &*kept[0].path), (64, "6"));
        assert!(kept.iter().all(|request| request.body.len() == LONGEST_BODY));
    }

    #[test]
    fn what_began_before_it_was_forgotten_does_not_count() {
        let journal = Arc::new(Journal::default());
        let before = journal.begin(request("/a"));
        journal.forget();
        let after = journal.begin(request("/b"));
        drop(before);
        assert_eq!(*journal.over.borrow(), 0);
        drop(after);
        assert_eq!(*journal.over.borrow(), 1);
        assert_eq!(journal.requests().len(), 1);
    }
}
