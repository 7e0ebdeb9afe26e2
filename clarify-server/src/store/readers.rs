//! A connection for each thread that reads: in the write-ahead log, readers neither wait for the
//! writer nor for each other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use thread_local::ThreadLocal;

use super::{StoreError, layout};

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

    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Inner { path, connections } = &*self.inner;
        work(connections.get_or_try(|| layout::open_reader(path))?)
    }
}
