//! What the writing thread has done so far.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::Room;

/// Each can be read at any time; together they may be a moment apart.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    commits: AtomicU64,
    failed_commits: AtomicU64,
    records: AtomicU64,
    sent: AtomicU64,
    taken: AtomicU64,
    /// What the answers of all stores take.
    room: Arc<Room>,
}

impl Counts {
    pub(crate) const fn room(&self) -> &Arc<Room> {
        &self.room
    }

    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Relaxed)
    }

    pub(crate) fn failed_commits(&self) -> u64 {
        self.failed_commits.load(Relaxed)
    }

    /// How many records were inserted, changed or deleted.
    pub(crate) fn records(&self) -> u64 {
        self.records.load(Relaxed)
    }

    /// How many writes, and reads between two commits, wait for the thread.
    pub(crate) fn waiting(&self) -> u64 {
        let taken = self.taken.load(Relaxed);
        self.sent.load(Relaxed).saturating_sub(taken)
    }

    pub(super) fn committed(&self, records: u64) {
        self.commits.fetch_add(1, Relaxed);
        self.records.fetch_add(records, Relaxed);
    }

    pub(super) fn failed(&self) {
        self.failed_commits.fetch_add(1, Relaxed);
    }

    pub(super) fn sent(&self) {
        self.sent.fetch_add(1, Relaxed);
    }

    pub(super) fn taken(&self) {
        self.taken.fetch_add(1, Relaxed);
    }
}
