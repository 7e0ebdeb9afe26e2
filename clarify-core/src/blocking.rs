//! The same calls without async, behind the feature `blocking`.
//!
//! Everything that is awaited elsewhere has [`wait`](Wait::wait) here, and everything that is a
//! stream has [`iter`](Iter::iter). It is the same client underneath: what it does while a program
//! is at something else, it does on a thread of its own.
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
//! They can be called anywhere. Where async code runs they keep its thread from everything else until
//! they are done: use `.await` there, or `tokio::task::spawn_blocking`.

use std::future::{IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::LazyLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Runtime};

use crate::Error;

/// Does the work of connections and timers, whatever the threads that wait are at.
static RUNTIME: LazyLock<std::io::Result<Runtime>> = LazyLock::new(|| {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).thread_name("clarify-blocking").enable_all().build()
});

fn runtime() -> Result<&'static Runtime, Error> {
    let failed = |error| Error::config(format!("no thread can be started: {error}"));
    RUNTIME.as_ref().map_err(failed)
}

/// Waits on this thread, which need not be one that Tokio lets wait.
fn wait<F: Future>(runtime: &Runtime, future: F) -> F::Output {
    let _guard = runtime.enter();
    pollster::block_on(future)
}

/// What is awaited elsewhere, waited for: a call, a list, an import.
pub trait Wait<A, E>: IntoFuture<Output = Result<A, E>> {
    /// Does it, and waits for its end.
    ///
    /// # Errors
    ///
    /// Those of the call; and where no thread can be started.
    fn wait(self) -> Result<A, E>;
}

impl<A, E: From<Error>, F: IntoFuture<Output = Result<A, E>>> Wait<A, E> for F {
    fn wait(self) -> Result<A, E> {
        wait(runtime()?, self.into_future())
    }
}

/// What is a stream elsewhere, as an iterator: pages, records, the outcomes of an import.
pub trait Iter: Stream + Unpin + Sized {
    /// Its items, one after the other.
    ///
    /// # Errors
    ///
    /// Where no thread can be started.
    fn iter(self) -> Result<Items<Self>, Error>;
}

impl<S: Stream + Unpin> Iter for S {
    fn iter(self) -> Result<Items<Self>, Error> {
        Ok(Items { stream: self, runtime: runtime()? })
    }
}

/// The items of a stream, each waited for: see [`Iter`].
#[derive(Debug)]
#[must_use = "nothing is done until the first is asked for"]
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
        wait(runtime, poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)))
    }
}
