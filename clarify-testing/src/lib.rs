#![doc = include_str!("../README.md")]

mod builder;
mod error;
mod requests;
mod seeds;
mod service;
mod workspace;

pub use builder::WorkspaceBuilder;
pub use clarify_server::{Contract, Fault, Request};
pub use error::Error;
pub use requests::Requests;
pub use workspace::Workspace;

/// A workspace of its own for a test, in memory; it is there after
/// [`open`](WorkspaceBuilder::open).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clarify_testing::Error> {
/// let test = clarify_testing::workspace().open().await?;
/// assert!(test.url().ends_with(test.name()));
/// # Ok(())
/// # }
/// ```
pub fn workspace() -> WorkspaceBuilder {
    WorkspaceBuilder::default()
}
