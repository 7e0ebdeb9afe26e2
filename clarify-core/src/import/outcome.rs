//! What becomes of each record.

use crate::value::IdText;
use crate::{Error, Outcome, RecordId};

/// One item of an import, and what has become of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Imported<T, R> {
    /// Its place in the source, from 0 on.
    pub index: u64,
    /// The item itself.
    pub item: R,
    /// What has become of it.
    pub end: End<T>,
}

/// What has become of an item of an import. Each ends in exactly one of these.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum End<T> {
    /// It is written.
    Written {
        /// The record's id.
        id: RecordId<T>,
        /// What a create or an upsert did; nothing for updates and deletions. A record is
        /// `Matched` where the service says so, where its id was there earlier in the run, or where
        /// it was created before the run began; `Created` where the service says so; else `Unknown`.
        outcome: Option<Outcome>,
    },
    /// It can't be written as it is: this client could not send it, or the service refused it.
    /// Nothing of it was written; the error has its fields.
    Refused(Error),
    /// It was sent, and no answer came that says whether it was written. A create is never repeated
    /// then: look for the record before making another. All else may be imported again.
    Uncertain(Error),
    /// It was not sent, or surely not written, because the import has stopped; the error says why.
    NotAttempted(Error),
    /// Its patch is empty: there was nothing to send.
    Unchanged,
    /// It would be sent: what a dry run says of an item that has nothing wrong.
    Valid,
}

impl<T> End<T> {
    /// The error, unless the item was written or is valid.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Written { .. } | Self::Unchanged | Self::Valid => None,
            Self::Refused(error) | Self::Uncertain(error) | Self::NotAttempted(error) => {
                Some(error)
            }
        }
    }

    /// Whether the item was written.
    #[must_use]
    pub fn is_written(&self) -> bool {
        matches!(self, Self::Written { .. })
    }
}

/// [`End`], whatever the object.
#[derive(Clone, Debug)]
pub(super) enum Ended {
    Written { id: IdText, outcome: Option<Outcome> },
    Refused(Error),
    Uncertain(Error),
    NotAttempted(Error),
    Unchanged,
    Valid,
}

impl Ended {
    /// Whether the item was not written, for a reason.
    pub(super) const fn is_failure(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Uncertain(_) | Self::NotAttempted(_))
    }
}

impl<T> From<Ended> for End<T> {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Written { id, outcome } => {
                Self::Written { id: RecordId::from_text(id), outcome }
            }
            Ended::Refused(error) => Self::Refused(error),
            Ended::Uncertain(error) => Self::Uncertain(error),
            Ended::NotAttempted(error) => Self::NotAttempted(error),
            Ended::Unchanged => Self::Unchanged,
            Ended::Valid => Self::Valid,
        }
    }
}
