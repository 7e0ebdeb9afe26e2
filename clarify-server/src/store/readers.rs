//! A connection for each thread that reads: in the write-ahead log, readers neither wait for the
//! writer nor for each other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use thread_local::ThreadLocal;

use super::{StoreError, layout};

/// What SQLite keeps of the file for a thread that looks up records while it answers, in KiB. There is one
/// such thread for each processor.
const LOOKING_UP: i32 = 16 << 10;

/// The same for a thread that reads lists, which come back to little that they have read: SQLite's own.
const LISTING: i32 = 2000;

#[derive(Clone)]
pub(super) struct Readers {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    connections: ThreadLocal<Connection>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        let inner = Inner { path: path.to_owned(), connections: ThreadLocal::new() };
        Self { inner: Arc::new(inner) }
    }

    /// Reads on a thread that has nothing else to do.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        work(self.connection(LISTING)?)
    }

    /// Reads on a thread that answers.
    pub(super) fn with_here<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        work(self.connection(LOOKING_UP)?)
    }

    /// The connection of this thread, which is one or the other for ever.
    fn connection(&self, cache: i32) -> Result<&Connection, StoreError> {
        let Inner { path, connections } = &*self.inner;
        connections.get_or_try(|| layout::open_reader(path, cache))
    }
}
