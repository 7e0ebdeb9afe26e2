//! The connections that are open, and room for new ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::connection::Connection;

pub(super) struct Connections {
    limit: usize,
    places: Arc<Semaphore>,
    open: Mutex<HashMap<u64, Arc<Connection>>>,
    rested: Arc<Notify>,
}

/// The place of one connection, which is free again when it is dropped.
pub(super) struct Place {
    pub(super) connection: Arc<Connection>,
    number: u64,
    connections: Arc<Connections>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.open().remove(&self.number);
    }
}

impl Connections {
    pub(super) fn new(limit: usize) -> Self {
        let limit = limit.min(u32::MAX as usize).min(Semaphore::MAX_PERMITS);
        let places = Arc::new(Semaphore::new(limit));
        Self { limit, places, open: Mutex::default(), rested: Arc::default() }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Arc<Connection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a new connection. If there is none, the one that has been idle for longest has
    /// to go; if none is idle, the first that will be.
    pub(super) async fn place(self: &Arc<Self>, number: u64) -> Place {
        let permit = self.permit().await;
        let connection = Arc::new(Connection::new(Arc::clone(&self.rested)));
        self.open().insert(number, Arc::clone(&connection));
        Place { connection, number, connections: Arc::clone(self), _permit: permit }
    }

    async fn permit(&self) -> OwnedSemaphorePermit {
        loop {
            if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
                return permit;
            }
            self.make_room();
            tokio::select! {
                Ok(permit) = Arc::clone(&self.places).acquire_owned() => return permit,
                () = self.rested.notified() => {}
            }
        }
    }

    /// Closes the connection that has been idle for longest, unless one is about to close.
    pub(super) fn make_room(&self) {
        let open = self.open();
        if open.values().any(|one| one.is_leaving()) {
            return;
        }
        let idle = open.values().filter_map(|one| Some((one.idle_since()?, one)));
        if let Some((_, oldest)) = idle.min_by_key(|(since, _)| *since) {
            oldest.make_room();
        }
    }

    pub(super) fn count(&self) -> usize {
        self.open().len()
    }

    /// Waits until no connection is open.
    pub(super) async fn gone(&self) {
        let all = u32::try_from(self.limit).unwrap_or(u32::MAX);
        // The semaphore is never closed.
        let _ = self.places.acquire_many(all).await;
    }
}
