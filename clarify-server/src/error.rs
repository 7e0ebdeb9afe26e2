//! What can go wrong with a service, besides what it answers to requests.

use crate::store::StoreError;

/// Why a service could not start, or not take an object or a seed. One line each.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address can't be listened on.
    #[error("can't listen on {address}: {reason}")]
    Address {
        /// The address that was asked for.
        address: String,
        /// What the system says.
        reason: String,
    },
    /// A setting of the service can't be used.
    #[error("{0}")]
    Setting(String),
    /// The file of records can't be opened, read or written.
    #[error("{0}")]
    Data(String),
    /// An object breaks the rules for objects, or contradicts what the workspace has.
    #[error("{0}")]
    Schema(String),
    /// A seed is no good record of its object. None of the seeds was taken.
    #[error("seed {0}")]
    Seed(String),
    /// The system gave no thread or no timer to run in.
    #[error("can't run: {0}")]
    Runtime(String),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Data(error.to_string())
    }
}
