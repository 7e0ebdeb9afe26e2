//! What a workspace can do for the tests of a program: go back, tell what it was asked, let the time
//! pass and things go wrong.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use jiff::Timestamp;

use super::Workspace;
use crate::{Error, Fault, Request};

impl Workspace {
    /// Takes a snapshot of everything that the workspace has, in the place of one of this name. It
    /// takes no longer where there is more. Requests that are under way are waited for.
    ///
    /// ```
    /// use clarify_server::{Seed, Server};
    ///
    /// let server = Server::builder().start()?;
    /// let workspace = server.open_workspace("beta")?;
    /// workspace.take_snapshot("empty")?;
    /// workspace.seed("deal", [Seed::new("dea_1", "{}")])?;
    /// workspace.restore("empty")?;
    /// workspace.seed("deal", [Seed::new("dea_1", "{}")])?;
    /// # Ok::<(), clarify_server::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When other workspaces share its store, or the store fails.
    pub fn take_snapshot(&self, name: &str) -> Result<(), Error> {
        self.undisturbed(|| self.hosted.engine.take_snapshot(name))
    }

    /// Brings everything back to what it was at a snapshot: records, schemas and what is counted of
    /// them. It takes as long as the changes since took at most. All snapshots stay. Requests that
    /// are under way are waited for.
    ///
    /// # Errors
    ///
    /// When there is no snapshot of this name, or the store fails.
    pub fn restore(&self, name: &str) -> Result<(), Error> {
        self.undisturbed(|| self.hosted.engine.restore(name))
    }

    /// Sets the clock that records are created and changed by; from then on it stands still, but for
    /// [`advance`](Self::advance). Ids are made by the machine's clock all the same, as they go up.
    /// Workspaces that share a store share its clock.
    pub fn set_time(&self, time: Timestamp) {
        self.hosted.engine.clock().set(time.as_millisecond());
    }

    /// Puts the clock forward. That much of a rate limit's minute has then passed, too.
    pub fn advance(&self, time: Duration) {
        self.hosted.engine.clock().advance(time);
    }

    /// Limits how many requests in a rolling minute one endpoint takes, beginning now; more are
    /// answered with 429 and `Retry-After`.
    pub fn rate_limit(&self, requests: u32) {
        self.hosted.limit(requests);
    }

    /// Adds something that goes wrong on purpose, in this workspace alone.
    ///
    /// # Errors
    ///
    /// When it could befall nobody.
    pub fn fault(&self, fault: Fault) -> Result<(), Error> {
        fault.check()?;
        self.hosted.befall(fault);
        Ok(())
    }

    /// Takes back what was added by [`fault`](Self::fault).
    pub fn clear_faults(&self) {
        self.hosted.spare();
    }

    /// The requests that were received with the key, in order; the latest of them where they are
    /// many. There are none unless its settings say
    /// [`keep_requests`](crate::WorkspaceSettings::keep_requests).
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.hosted.journal.as_ref().map_or_else(Vec::new, |journal| journal.requests())
    }

    /// Forgets the requests that were received so far.
    pub fn forget_requests(&self) {
        if let Some(journal) = &self.hosted.journal {
            journal.forget();
        }
    }

    /// Waits until so many requests are answered, or cut off. Where none are kept it does not wait.
    pub async fn answered(&self, requests: u64) {
        if let Some(journal) = self.hosted.journal.clone() {
            journal.over(requests).await;
        }
    }

    /// Does something while no request is under way.
    fn undisturbed(&self, work: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
        if !self.is_alone {
            let name = self.name();
            return Err(Error::Setting(format!(
                "workspace `{name}`: it shares its store, so there are no snapshots of it alone"
            )));
        }
        // The thread may be one that must not wait for an asynchronous lock by itself.
        let (sender, gate) = mpsc::channel();
        let lock = Arc::clone(&self.hosted.gate).write_owned();
        self.runtime.spawn(async move { drop(sender.send(lock.await)) });
        let _gate =
            gate.recv().map_err(|_| Error::Runtime("the service has stopped".to_owned()))?;
        work()
    }
}
