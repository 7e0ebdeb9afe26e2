//! How many rows came to which end.

use clarify_core::Outcome;
use clarify_core::import::End;
use serde::{Deserialize, Serialize};

/// How many rows came to which end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) created: u64,
    pub(crate) matched: u64,
    /// Written, where the service did not say whether the record was new.
    #[serde(default, skip_serializing_if = "is_none")]
    pub(crate) written: u64,
    pub(crate) refused: u64,
    pub(crate) uncertain: u64,
    pub(crate) not_attempted: u64,
}

impl Tally {
    pub(crate) fn count<T>(&mut self, end: &End<T>) {
        let counter = match end {
            End::Written { outcome: Some(Outcome::Created), .. } => &mut self.created,
            End::Written { outcome: Some(Outcome::Matched), .. } => &mut self.matched,
            End::Refused(_) => &mut self.refused,
            End::Uncertain(_) => &mut self.uncertain,
            End::NotAttempted(_) => &mut self.not_attempted,
            _ => &mut self.written,
        };
        *counter += 1;
    }

    pub(crate) const fn plus(self, other: Self) -> Self {
        Self {
            created: self.created + other.created,
            matched: self.matched + other.matched,
            written: self.written + other.written,
            refused: self.refused + other.refused,
            uncertain: self.uncertain + other.uncertain,
            not_attempted: self.not_attempted + other.not_attempted,
        }
    }

    /// How many rows were written.
    pub(crate) const fn written(&self) -> u64 {
        self.created + self.matched + self.written
    }

    /// How many rows have their end.
    pub(crate) const fn done(&self) -> u64 {
        self.written() + self.refused + self.uncertain
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_none(count: &u64) -> bool {
    *count == 0
}
