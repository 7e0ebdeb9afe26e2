//! Items that say what is to be done with them.

use crate::error::Problem;

/// One item of [`Records::import_each`](crate::Records::import_each): a record, and what is to be done
/// with it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Entry<T> {
    /// Update the record that has the same value in the unique field, or create one. Without a value
    /// there it is refused, and nothing is sent.
    Upsert(T),
    /// Create a record. Where the answer is lost it is not sent again, and ends as uncertain.
    Create(T),
    /// Send nothing, since whoever made the record has found something wrong with it: it ends as
    /// refused, in its place among the others.
    Refused(Vec<Problem>),
}

impl<T> AsRef<Self> for Entry<T> {
    fn as_ref(&self) -> &Self {
        self
    }
}
