//! When a call is tried again.

mod budget;
mod policy;
mod tries;

pub(super) use budget::Budget;
pub use policy::RetryPolicy;
pub(super) use tries::Tries;
