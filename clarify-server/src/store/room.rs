//! Room for answers: how many bytes all those may have together that are read or sent.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::StoreError;

/// Many large pages at once, and what a small machine has.
pub(crate) const ROOM: usize = 256 << 20;

/// What an answer has without being counted: so many connections there are not that it would matter.
pub(crate) const UNCOUNTED: usize = 64 << 10;

/// The room of a service, which all its stores share.
#[derive(Debug, Default)]
pub(crate) struct Room(AtomicUsize);

/// What a thread that answers reads for one answer: it is done within a millisecond.
pub(super) const SHORT: usize = 512 << 10;

/// What one answer has of the room, until it is dropped.
#[derive(Debug)]
pub(crate) struct Share {
    room: Arc<Room>,
    is_short: bool,
    used: Cell<usize>,
    counted: Cell<usize>,
}

impl Room {
    /// How many bytes are taken.
    pub(crate) fn taken(&self) -> usize {
        self.0.load(Relaxed)
    }
}

impl Share {
    pub(crate) fn of(room: &Arc<Room>) -> Self {
        let (used, counted) = (Cell::default(), Cell::default());
        Self { room: Arc::clone(room), is_short: false, used, counted }
    }

    /// The share of what is to be short.
    pub(super) fn of_short(room: &Arc<Room>) -> Self {
        let mut share = Self::of(room);
        share.is_short = true;
        share
    }

    /// Takes room for so many bytes more, if there is any.
    pub(crate) fn take(&self, bytes: usize) -> Result<(), StoreError> {
        let used = self.used.get().saturating_add(bytes);
        if self.is_short && used > SHORT {
            return Err(StoreError::Long);
        }
        if used > ROOM {
            return Err(StoreError::TooLarge);
        }
        let more = used.saturating_sub(UNCOUNTED + self.counted.get());
        if more > 0 && self.room.0.fetch_add(more, Relaxed).saturating_add(more) > ROOM {
            self.room.0.fetch_sub(more, Relaxed);
            return Err(StoreError::Full);
        }
        self.used.set(used);
        self.counted.set(self.counted.get() + more);
        Ok(())
    }

    /// Takes room for so many bytes whether there is any or not.
    pub(crate) fn take_anyhow(&self, bytes: usize) {
        self.room.0.fetch_add(bytes, Relaxed);
        self.counted.set(self.counted.get() + bytes);
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.room.0.fetch_sub(self.counted.get(), Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_given_back() {
        let room = Arc::<Room>::default();
        let (large, other) = (Share::of(&room), Share::of(&room));
        other.take(UNCOUNTED).unwrap();
        assert_eq!(room.taken(), 0);
        large.take(ROOM).unwrap();
        assert!(matches!(other.take(UNCOUNTED + 1), Err(StoreError::Full)));
        assert!(matches!(large.take(1), Err(StoreError::TooLarge)));
        drop(large);
        other.take(2 * UNCOUNTED).unwrap();
        other.take_anyhow(1);
        drop(other);
        assert_eq!(room.taken(), 0);
    }
}
