//! Where records are kept: SQLite, one writer, many readers.
//!
//! Everything that is written goes through one thread ([`writer`]), which commits the waiting
//! writes together. What is read comes from a connection of its own for each thread ([`readers`]).

mod at_once;
mod blocks;
mod changes;
mod clock;
mod columns;
mod condition;
mod counts;
mod deleted;
mod functions;
mod holders;
mod indexes;
mod key;
mod layout;
mod links;
mod lock;
mod objects;
mod page;
mod plan;
mod readers;
mod records;
mod room;
mod search;
mod selects;
mod snapshots;
mod statements;
mod sweep;
mod totals;
mod transaction;
mod view;
mod writer;

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::oneshot;

pub(crate) use clock::Clock;
pub(crate) use columns::{Column, Condition, Hop, Order, Sort, Test};
pub(crate) use counts::Counts;
pub(crate) use holders::Holders;
pub(crate) use key::{ObjectKey, RecordKey};
pub(crate) use links::{LinkField, Slice};
pub(crate) use objects::{StoredObject, Version};
pub(crate) use page::{Page, Window};
pub(crate) use readers::Moment;
pub(crate) use records::{Record, RecordRef};
pub(crate) use room::{ROOM, Room, Share, UNCOUNTED};
pub(crate) use transaction::{Transaction, Undo};
pub(crate) use view::View;

use self::lock::Lock;
use self::readers::{Readers, Views};
use self::snapshots::Snapshots;
use self::totals::Totals;
use self::view::Seen;
use self::writer::Writer;
use crate::Synchronous;

/// Why the store could not do its work. Whatever was asked of it was not done.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// What SQLite says.
    #[error("the records file: {0}")]
    Sql(String),
    /// The file was made by something else, or by a later version.
    #[error("{0}")]
    Layout(String),
    /// The thread that writes is gone: the service is stopping.
    #[error("the service is stopping")]
    Stopped,
    /// The answers that are read and sent at this time leave no room for another.
    #[error("there is no room for another large answer")]
    Full,
    /// One answer would be larger than all may be together.
    #[error("the answer would be too large")]
    TooLarge,
    /// What is read is too much for a thread that answers.
    #[error("the answer is no short one")]
    Long,
    /// The object's schema is no longer the one that the write was checked by.
    #[error("the object's schema has changed")]
    Stale,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // The message may hold the whole query, and goes into the log.
        Self::Sql(error.to_string().chars().take(300).collect())
    }
}

/// Where the records of a service are kept.
#[derive(Clone, Debug, Default)]
pub(crate) enum Place {
    /// In memory, until the service stops.
    #[default]
    Memory,
    /// In a file.
    File(std::path::PathBuf),
    /// In a file that is there, and that stays what it is.
    Unchanged(std::path::PathBuf),
}

/// The records of one file, or of memory: those of all workspaces that live there.
pub(crate) struct Store {
    /// None in memory: a second connection would see another, empty database. Closed before the
    /// writer, which then folds the write-ahead log into the file.
    readers: Option<Readers>,
    writer: Writer,
    totals: Arc<Totals>,
    room: Arc<Room>,
    /// Set where an index could not be made: each further try would hold up the writes.
    is_without_indexes: Arc<AtomicBool>,
    clock: Arc<Clock>,
    snapshots: Arc<Mutex<Snapshots>>,
    /// None in memory.
    synchronous: Option<Synchronous>,
    /// Where the file is a copy, its folder; it goes after all that is in it was closed.
    _copy: Option<TempDir>,
    _lock: Option<Lock>,
}

impl Store {
    /// What it does is added to these counts, which several stores may share.
    pub(crate) fn open(
        place: &Place,
        synchronous: Synchronous,
        counts: &Arc<Counts>,
    ) -> Result<Self, StoreError> {
        let clock = Arc::<Clock>::default();
        let start = |connection, views| Writer::start(connection, views, counts, &clock);
        let (writer, readers, copy, lock) = match place {
            Place::Memory => (start(layout::open_memory()?, Views::none())?, None, None, None),
            Place::File(path) => {
                let connection = layout::open_file(path)?;
                layout::wait_for(&connection, synchronous)?;
                let lock = Lock::of(path)?;
                let readers = Readers::new(path);
                (start(connection, readers.views())?, Some(readers), None, Some(lock))
            }
            Place::Unchanged(path) => {
                let (connection, copy) = layout::open_unchanged(path)?;
                (start(connection, Views::none())?, None, copy, None)
            }
        };
        Ok(Self {
            readers,
            writer,
            totals: Arc::default(),
            room: Arc::clone(counts.room()),
            is_without_indexes: Arc::default(),
            clock,
            snapshots: Arc::default(),
            synchronous: matches!(place, Place::File(_)).then_some(synchronous),
            _copy: copy,
            _lock: lock,
        })
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What a write waits for before it is answered, where there is a file.
    pub(crate) const fn synchronous(&self) -> Option<Synchronous> {
        self.synchronous
    }

    /// Takes a snapshot of everything, between two commits.
    pub(crate) fn take_snapshot(&self, name: &str) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.with_snapshots(move |snapshots, writer| snapshots.take(writer, &name))
    }

    /// Brings everything back to a snapshot, between two commits; false when there is none of this
    /// name.
    pub(crate) fn restore(&self, name: &str) -> Result<bool, StoreError> {
        let name = name.to_owned();
        let is_there = self.with_snapshots(move |all, writer| all.restore(writer, &name))?;
        // How often an object was written goes back, too, and will be the same with other records.
        self.totals.forget();
        Ok(is_there)
    }

    pub(crate) fn snapshots(&self) -> Vec<String> {
        self.snapshots.lock().unwrap_or_else(PoisonError::into_inner).names()
    }

    fn with_snapshots<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Snapshots, &rusqlite::Connection) -> Result<T, StoreError>
        + Send
        + 'static,
    ) -> Result<T, StoreError> {
        let snapshots = Arc::clone(&self.snapshots);
        self.between_commits(move |writer| {
            let mut snapshots = snapshots.lock().unwrap_or_else(PoisonError::into_inner);
            work(&mut snapshots, writer)
        })
    }

    /// The workspaces that have records here, or had some.
    pub(crate) fn workspaces(&self) -> Result<Vec<String>, StoreError> {
        self.between_commits(objects::workspaces)
    }

    fn between_commits<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, answer) = mpsc::channel();
        self.writer.read(move |writer| drop(sender.send(work(writer))))?;
        answer.recv().unwrap_or(Err(StoreError::Stopped))
    }

    /// Runs `work` on the writing thread and answers after its commit. When `work` fails nothing of
    /// it is kept.
    pub(crate) async fn write<T, E, W>(&self, undo: Undo, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        self.write_and(undo, work, |_| ()).await
    }

    /// [`write`](Self::write), and `then` once it is committed, before any later write is answered.
    pub(crate) async fn write_then<T, E, W>(
        &self,
        work: W,
        then: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        self.write_and(Undo::Alone, work, then).await
    }

    async fn write_and<T, E, W>(
        &self,
        undo: Undo,
        work: W,
        then: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let (sender, answer) = oneshot::channel();
        // Whoever asked may be gone by now; the write stands all the same.
        self.writer.write(undo, work, |result| drop(sender.send(result.inspect(then))))?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }

    /// [`write`](Self::write) for a thread that may wait.
    pub(crate) fn write_blocking<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        self.write_blocking_then(work, |_| ())
    }

    /// [`write_then`](Self::write_then) for a thread that may wait.
    pub(crate) fn write_blocking_then<T, E, W>(
        &self,
        work: W,
        then: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let (sender, answer) = mpsc::channel();
        self.writer
            .write(Undo::Alone, work, move |result| drop(sender.send(result.inspect(then))))?;
        answer.recv().unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }

    /// The moment that it is: what was read since it began is what is there, until there is another.
    /// None while something is written, and in memory, where what is read is read between two writes.
    pub(crate) fn moment(&self) -> Option<Moment> {
        self.readers.as_ref().and_then(Readers::moment)
    }

    /// What `show` makes of the record of this id.
    pub(crate) async fn record<T: Send + 'static>(
        &self,
        object: ObjectKey,
        id: String,
        show: impl FnOnce(RecordRef<'_>) -> T + Send + 'static,
    ) -> Result<Option<T>, StoreError> {
        let find = move |reader: &rusqlite::Connection| records::find_as(reader, object, &id, show);
        match &self.readers {
            // A lookup by key takes less time than handing it to another thread.
            Some(readers) => readers.with_here(find),
            None => self.read_on_writer(find).await,
        }
    }

    /// Shows one moment of the store to `work`. Beside what that makes of it there is the room that it
    /// takes, which is to be held as long.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<(T, Share), StoreError> {
        let show = self.show(Share::of(&self.room), work);
        let shown = match self.readers.clone() {
            Some(readers) => {
                let work = move || readers.with(show);
                tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Stopped))?
            }
            None => self.read_on_writer(show).await?,
        };
        self.shown(shown)
    }

    /// [`read`](Self::read) for what takes little more time than handing it to another thread, or less.
    /// Where it turns out to be [`Long`](StoreError::Long) it is to be read so.
    pub(crate) async fn read_here<T: Send + 'static>(
        &self,
        work: impl FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<(T, Share), StoreError> {
        let shown = match &self.readers {
            Some(readers) => readers.with_here(self.show(Share::of_short(&self.room), work))?,
            None => self.read_on_writer(self.show(Share::of(&self.room), work)).await?,
        };
        self.shown(shown)
    }

    fn show<T: Send + 'static>(
        &self,
        share: Share,
        work: impl FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> impl FnOnce(&rusqlite::Connection) -> Result<Seen<T>, StoreError> + Send + 'static {
        let totals = Arc::clone(&self.totals);
        move |reader| View::of(reader, &totals, share, work)
    }

    fn shown<T>(&self, (shown, share, lacked): Seen<T>) -> Result<(T, Share), StoreError> {
        if let Some((object, column)) = lacked {
            self.make_index(object, column)?;
        }
        Ok((shown, share))
    }

    /// Has an index made, for the lists after the one that lacked it.
    fn make_index(&self, object: ObjectKey, column: Column) -> Result<(), StoreError> {
        if self.is_without_indexes.load(Relaxed) {
            return Ok(());
        }
        let has_failed = Arc::clone(&self.is_without_indexes);
        let make = move |transaction: &mut Transaction<'_>| transaction.make_index(object, &column);
        self.writer.write(Undo::Alone, make, move |made: Result<(), StoreError>| {
            if let Err(error) = made {
                tracing::error!(target: "clarify_server", %error, "no index could be made");
                has_failed.store(true, Relaxed);
            }
        })
    }

    /// Whether the thread that everything is written by answers in this time.
    pub(crate) async fn answers_within(&self, time: Duration) -> bool {
        let read = |reader: &rusqlite::Connection| {
            Ok(reader.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?)
        };
        matches!(tokio::time::timeout(time, self.read_on_writer(read)).await, Ok(Ok(())))
    }

    async fn read_on_writer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, answer) = oneshot::channel();
        self.writer.look(move |reader| drop(sender.send(work(reader))))?;
        answer.await.unwrap_or(Err(StoreError::Stopped))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_that_is_held_does_not_answer() {
        let counts = Arc::<Counts>::default();
        let store = Store::open(&Place::Memory, Synchronous::Full, &counts).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let answers = |time| runtime.block_on(store.answers_within(time));
        assert!(answers(Duration::from_secs(10)));
        let (open, gate) = mpsc::channel::<()>();
        store.writer.read(move |_| gate.recv().unwrap()).unwrap();
        assert!(!answers(Duration::from_millis(50)));
        assert!(counts.waiting() <= 2);
        open.send(()).unwrap();
        assert!(answers(Duration::from_secs(10)));
        assert_eq!(counts.waiting(), 0);
    }
}
