//! What can go wrong with a workspace for tests.

/// Why a workspace could not be had, or not do what it was asked to. One line, which a test that
/// ends with it shows.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The service could not be started, or refused a setting, an object or a snapshot.
    #[error("{0}")]
    Service(String),
    /// A record to begin with is not good. It is named by its place, from 0.
    #[error("{0}")]
    Seed(String),
    /// A text is no moment.
    #[error("{0}")]
    Time(String),
    /// The client says why.
    #[error(transparent)]
    Client(#[from] clarify_core::Error),
}

impl From<clarify_server::Error> for Error {
    fn from(error: clarify_server::Error) -> Self {
        Self::Service(error.to_string())
    }
}
