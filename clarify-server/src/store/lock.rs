//! That a file of records has one service at a time: each keeps in memory what it knows of the
//! schemas, and would write over what another has made of them.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::StoreError;

/// How often and after what time the lock is tried again: a service that stops lets go of its file
/// when the last of its requests is gone.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(25);

/// Holds a file of records until it is dropped, or the process ends in whatever way.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks a file of its own beside the records: whoever closes a file gives up the locks that
    /// SQLite has on it in the same process.
    pub(super) fn of(path: &Path) -> Result<Self, StoreError> {
        let place = beside(path);
        let fault = |error| StoreError::Layout(format!("{}: {error}", place.display()));
        let options = File::options().create(true).truncate(false).write(true).open(&place);
        let file = options.map_err(fault)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(fault(error)),
            }
        }
        Err(StoreError::Layout(format!(
            "{}: another service has it open: stop that one, or name another file",
            path.display()
        )))
    }
}

/// The same for every path that leads to the file.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path.canonicalize().unwrap_or_else(|_| path.to_owned()));
    name.push("-lock");
    name.into()
}
