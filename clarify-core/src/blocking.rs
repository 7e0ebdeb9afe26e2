//! The same calls without async, behind the feature `blocking`.
//!
//! Everything that is awaited elsewhere has [`wait`](Wait::wait) here, and everything that is a
//! stream has [`iter`](Iter::iter). It is the same client underneath: what it does while a program
//! waits, it does on a thread of its own.
//!
//! ```no_run
//! use clarify_core::blocking::{Iter as _, Wait as _};
//! use clarify_core::{ClarifyObject, Client, Error};
//!
//! #[derive(Debug, ClarifyObject)]
//! #[clarify(object = "company")]
//! struct Company {
//!     name: Option<String>,
//!     #[clarify(unique)]
//!     domains: Vec<String>,
//! }
//!
//! fn main() -> Result<(), Error> {
//!     let companies = Client::from_env()?.records::<Company>();
//!     let cern = Company { name: Some("CERN".into()), domains: vec!["cern.ch".into()] };
//!     companies.upsert(&cern).wait()?;
//!     for company in companies.list().records().iter()? {
//!         println!("{:?}", company?.attributes.name);
//!     }
//!     let report = companies.import([cern]).wait()?;
//!     assert!(report.is_complete());
//!     Ok(())
//! }
//! ```
//!
//! Neither can be called where async code runs, as it would keep the thread from everything else:
//! there it is an error that says to use `.await`.

use std::future::{IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::LazyLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::Error;

/// Keeps connections alive and reads pages ahead while the program does something else.
static RUNTIME: LazyLock<std::io::Result<Runtime>> = LazyLock::new(|| {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).thread_name("clarify-blocking").enable_all().build()
});

fn runtime() -> Result<&'static Runtime, Error> {
    if Handle::try_current().is_ok() {
        return Err(Error::config("async code can't wait without async: use `.await`"));
    }
    let failed = |error| Error::config(format!("no thread can be started: {error}"));
    RUNTIME.as_ref().map_err(failed)
}

/// What is awaited elsewhere, waited for: a call, a list, an import.
pub trait Wait<A, E>: IntoFuture<Output = Result<A, E>> {
    /// Does it, and waits for its end.
    ///
    /// # Errors
    ///
    /// Those of the call; and where async code runs.
    fn wait(self) -> Result<A, E>;
}

impl<A, E: From<Error>, F: IntoFuture<Output = Result<A, E>>> Wait<A, E> for F {
    fn wait(self) -> Result<A, E> {
        runtime()?.block_on(self.into_future())
    }
}

/// What is a stream elsewhere, as an iterator: pages, records, the outcomes of an import.
pub trait Iter: Stream + Unpin + Sized {
    /// Its items, one after the other.
    ///
    /// # Errors
    ///
    /// Where async code runs.
    fn iter(self) -> Result<Items<Self>, Error>;
}

impl<S: Stream + Unpin> Iter for S {
    fn iter(self) -> Result<Items<Self>, Error> {
        Ok(Items { stream: self, runtime: runtime()? })
    }
}

/// The items of a stream, each waited for: see [`Iter`].
#[derive(Debug)]
pub struct Items<S> {
    stream: S,
    runtime: &'static Runtime,
}

impl<S> Items<S> {
    /// The stream itself, to ask where it stands.
    pub const fn stream(&self) -> &S {
        &self.stream
    }
}

impl<S: Stream + Unpin> Iterator for Items<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let Self { stream, runtime } = self;
        runtime.block_on(poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)))
    }
}
