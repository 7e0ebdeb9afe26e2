//! The whole workspace, as it was before.

use super::Engine;
use crate::Error;

impl Engine {
    /// Takes a snapshot of everything that the workspace has.
    pub(crate) fn take_snapshot(&self, name: &str) -> Result<(), Error> {
        Ok(self.store.take_snapshot(name)?)
    }

    /// Brings everything back to what it was at a snapshot.
    pub(crate) fn restore(&self, name: &str) -> Result<(), Error> {
        if self.store.restore(name)? {
            // An edit begins with what the store has, and serves that.
            return self.edit_blocking(|_| Ok(()));
        }
        let names = self.store.snapshots();
        let known = match names.as_slice() {
            [] => "none was taken".to_owned(),
            names => format!("there are `{}`", names.join("`, `")),
        };
        Err(Error::Setting(format!("there is no snapshot `{}`: {known}", name.escape_debug())))
    }
}
