//! What an answer to a write waits for.

/// Where a write is when it is answered: SQLite's setting of this name.
///
/// ```
/// use clarify_server::{Server, Synchronous};
///
/// let server = Server::builder().synchronous(Synchronous::Normal).start()?;
/// # Ok::<(), clarify_server::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Synchronous {
    /// On the disk. The default.
    #[default]
    Full,
    /// With the operating system: it outlives the process, but the last ones before a power cut are
    /// lost. The file stays whole.
    Normal,
}

impl Synchronous {
    /// As it is written: `full` or `normal`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Normal => "normal",
        }
    }
}
