//! Where an import stands.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Where an import stands, to go on from there after the program has stopped, however it did:
/// [`Import::resume`](super::Import::resume) with the same source.
///
/// Kept before each batch is sent ([`Event::Sending`](super::Event::Sending)), it is right even after
/// a power failure: no create is repeated that may have been received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// How many items, from the first on, have been given out with their outcome.
    pub done: u64,
    /// The places of later items that have been given out with their outcome too: in an import that
    /// stopped, those behind the first that was not attempted.
    #[serde(default)]
    pub finished: BTreeSet<u64>,
    /// The places of the later items that have been sent, or are about to be. When creates go on
    /// from here, these are not sent again: whether they were written is uncertain.
    #[serde(default)]
    pub sent: BTreeSet<u64>,
}
