//! How long and how many: what one client may take from all others.

use std::time::Duration;

use crate::Error;

/// More than a test or a small team needs, and few enough that each can have a full head waiting.
const CONNECTIONS: usize = 1024;

/// Files that the service itself opens: each reader has the records, their log and its index.
#[cfg(unix)]
const OWN_FILES: u64 = 96;

/// The limits of a service's connections.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// From the first byte of a head to its last.
    pub(crate) head: Duration,
    /// From the head to the body's last byte; also between two pieces of an answer.
    pub(crate) body: Duration,
    /// From an answer to the next request.
    pub(crate) idle: Duration,
    /// How many connections are open at once.
    pub(crate) connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(60),
            // Longer than clients keep connections (reqwest: 90 seconds), so that it is the client
            // who closes and no request meets a connection that is just being closed.
            idle: Duration::from_secs(120),
            connections: CONNECTIONS.min(room()),
        }
    }
}

impl Limits {
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.connections == 0 {
            return Err(Error::Setting("the service must take one connection at least".to_owned()));
        }
        if [self.head, self.body, self.idle].contains(&Duration::ZERO) {
            return Err(Error::Setting("a time limit must be longer than nothing".to_owned()));
        }
        Ok(())
    }

    /// After how long a connection is looked at again: nothing is due sooner.
    pub(super) fn shortest(&self) -> Duration {
        self.head.min(self.body).min(self.idle)
    }
}

/// How many connections the process has files for.
#[cfg(unix)]
fn room() -> usize {
    use rustix::process::{Resource, getrlimit};
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let room = files.saturating_sub(OWN_FILES).max(files / 4).max(1);
    usize::try_from(room).unwrap_or(usize::MAX)
}

#[cfg(not(unix))]
const fn room() -> usize {
    usize::MAX
}
