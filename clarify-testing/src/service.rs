//! The one service of the process.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use clarify_server::Server;

use crate::Error;

/// It ends with the process; its workspaces come and go. What is wrong with it is wrong for all.
static SERVICE: LazyLock<Result<Server, String>> =
    LazyLock::new(|| Server::builder().start().map_err(|error| error.to_string()));

static COUNT: AtomicU64 = AtomicU64::new(1);

pub(crate) fn service() -> Result<&'static Server, Error> {
    SERVICE.as_ref().map_err(|error| Error::Service(error.clone()))
}

/// A name that no other workspace of the process has.
pub(crate) fn new_name() -> String {
    format!("test-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}
