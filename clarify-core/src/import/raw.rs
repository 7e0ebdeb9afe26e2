//! Records that are given as JSON text.

use serde_json::value::RawValue;

use crate::error::Problem;

/// One item of [`Records::import_raw`](crate::Records::import_raw): the attributes of a record as JSON
/// text, and what is to be done with them.
#[derive(Clone, Debug)]
pub struct Raw(pub(super) Todo);

#[derive(Clone, Debug)]
pub(super) enum Todo {
    Upsert(Box<RawValue>),
    Create(Box<RawValue>),
    Refuse(Vec<Problem>),
}

impl Raw {
    /// Updates the record that has the same value in the unique field, or creates one. Without a
    /// value there it is refused, and nothing is sent.
    #[must_use]
    pub const fn upsert(attributes: Box<RawValue>) -> Self {
        Self(Todo::Upsert(attributes))
    }

    /// Creates a record. Where the answer is lost it is not sent again, and ends as uncertain.
    #[must_use]
    pub const fn create(attributes: Box<RawValue>) -> Self {
        Self(Todo::Create(attributes))
    }

    /// Sends nothing, since whoever made it has found something wrong with it: it ends as refused,
    /// in its place among the others.
    #[must_use]
    pub const fn refused(problems: Vec<Problem>) -> Self {
        Self(Todo::Refuse(problems))
    }
}

impl AsRef<Self> for Raw {
    fn as_ref(&self) -> &Self {
        self
    }
}
