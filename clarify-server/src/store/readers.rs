//! The connections of the threads that read: in the write-ahead log, readers neither wait for the
//! writer nor for each other.
//!
//! A thread that answers keeps its view of the file from one lookup to the next. To begin and to end
//! one costs SQLite locks between processes, which all threads take in turn, and more than a lookup
//! itself. The file is this service's alone (see [`super::lock`]), so that a view is of what is there
//! until the next commit: for a commit all views end, and none is kept until it is done.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use rusqlite::Connection;
use thread_local::ThreadLocal;

use super::at_once::run;
use super::{StoreError, layout};

/// What SQLite keeps of the file for a thread that looks up records while it answers, in KiB. There is one
/// such thread for each processor.
const LOOKING_UP: i32 = 16 << 10;

/// The same for a thread that reads lists, which come back to little that they have read: SQLite's own.
const LISTING: i32 = 2000;

#[derive(Clone)]
pub(super) struct Readers(Arc<Inner>);

/// The readers, for who writes: they may be gone before.
pub(super) struct Views(Weak<Inner>);

/// The time from one commit to the next: all that is read in it is of the same records.
/// Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

struct Inner {
    path: PathBuf,
    /// Of threads that have nothing else to do.
    listing: ThreadLocal<Connection>,
    /// Of threads that answer. Each is locked for a lookup, or to end its view.
    answering: ThreadLocal<Mutex<Connection>>,
    /// How often views were ended, and kept again: they are while it is even.
    turns: AtomicU64,
    /// Held by a thread that comes to answer, and by who ends all views: none is passed over.
    coming: Mutex<()>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self(Arc::new(Inner {
            path: path.to_owned(),
            listing: ThreadLocal::new(),
            answering: ThreadLocal::new(),
            turns: AtomicU64::new(0),
            coming: Mutex::default(),
        }))
    }

    pub(super) fn views(&self) -> Views {
        Views(Arc::downgrade(&self.0))
    }

    /// The moment that it is, unless there is a commit under way.
    pub(super) fn moment(&self) -> Option<Moment> {
        self.0.moment()
    }

    /// Reads on a thread that has nothing else to do.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Inner { path, listing, .. } = &*self.0;
        work(listing.get_or_try(|| layout::open_reader(path, LISTING))?)
    }

    /// Reads on a thread that answers.
    pub(super) fn with_here<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let reader = self.0.answering()?;
        if self.0.moment().is_some() && reader.is_autocommit() {
            run(&reader, "BEGIN")?;
        }
        let read = work(&reader);
        if read.is_err() {
            end_view(&reader);
        }
        read
    }
}

impl Inner {
    fn moment(&self) -> Option<Moment> {
        let turns = self.turns.load(Ordering::Acquire);
        turns.is_multiple_of(2).then_some(Moment(turns))
    }

    /// The connection of this thread.
    fn answering(&self) -> Result<MutexGuard<'_, Connection>, StoreError> {
        let reader = match self.answering.get() {
            Some(reader) => reader,
            None => {
                let _coming = lock(&self.coming);
                let open = || layout::open_reader(&self.path, LOOKING_UP).map(Mutex::new);
                self.answering.get_or_try(open)?
            }
        };
        Ok(lock(reader))
    }
}

impl Views {
    /// Where there is no file, nobody has a view of it.
    pub(super) const fn none() -> Self {
        Self(Weak::new())
    }

    /// Does what may change the file while nobody keeps a view of it. Who reads meanwhile sees what is
    /// there, each time anew.
    pub(super) fn without<T>(&self, work: impl FnOnce() -> T) -> T {
        let readers = self.0.upgrade();
        if let Some(readers) = &readers {
            let _coming = lock(&readers.coming);
            readers.turns.fetch_add(1, Ordering::AcqRel);
            readers.answering.iter().for_each(|reader| end_view(&lock(reader)));
        }
        let done = work();
        if let Some(readers) = &readers {
            readers.turns.fetch_add(1, Ordering::AcqRel);
        }
        done
    }
}

/// What a panic has left is a connection that only reads.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn end_view(reader: &Connection) {
    if reader.is_autocommit() {
        return;
    }
    if let Err(error) = run(reader, "ROLLBACK") {
        tracing::error!(target: "clarify_server", %error, "a view of the records could not be ended");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Synchronous;
    use crate::store::{Place, Store};

    const READ: &str = "SELECT coalesce(max(name), '') FROM objects";

    /// The name that the thread of this store that answers sees, and whether it keeps its view.
    fn seen(readers: &Readers) -> (String, bool) {
        let read = |reader: &Connection| {
            let name = reader.query_row(READ, [], |row| row.get(0))?;
            Ok((name, !reader.is_autocommit()))
        };
        readers.with_here(read).unwrap()
    }

    /// What is seen once views are kept again: they are not while the writer is at work, which it is at
    /// the start and for a moment after it has answered.
    fn kept(readers: &Readers) -> String {
        loop {
            if let (name, true) = seen(readers) {
                return name;
            }
        }
    }

    fn store(path: &Path) -> Store {
        Store::open(&Place::File(path.to_owned()), Synchronous::Normal, &Arc::default()).unwrap()
    }

    #[test]
    fn a_kept_view_ends_for_each_commit_and_holds_up_none() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder.path().join("records.db"));
        let readers = store.readers.as_ref().unwrap();
        for name in ["a", "b", "c"] {
            store
                .write_blocking(move |transaction| transaction.put_object("acme", name, None, "{}"))
                .unwrap();
            assert_eq!(seen(readers).0, name);
            assert_eq!(kept(readers), name);
        }
        let fold = |writer: &Connection| {
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            let is_held_up: bool = writer.query_row(sql, [], |row| row.get(0))?;
            Ok(is_held_up)
        };
        assert!(!store.between_commits(fold).unwrap());
    }

    #[test]
    fn what_fails_ends_its_view() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder.path().join("records.db"));
        let readers = store.readers.as_ref().unwrap();
        kept(readers);
        let fails = |_: &Connection| Err::<(), _>(StoreError::Full);
        readers.with_here(fails).unwrap_err();
        assert!(lock(readers.0.answering.get().unwrap()).is_autocommit());
        kept(readers);
    }
}
