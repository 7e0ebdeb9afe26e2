//! Where an import stands.

use std::collections::BTreeSet;

use crate::members::members;

/// Where an import stands, to go on from there after the program has stopped, however it did:
/// [`Import::resume`](super::Import::resume) with the same source.
///
/// Kept before each batch is sent ([`Event::Sending`](super::Event::Sending)), it is right even after
/// a power failure: no create is repeated that may have been received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many items, from the first on, have been given out with their outcome.
    pub done: u64,
    /// The places of later items that have been given out with their outcome too: in an import that
    /// stopped, those behind the first that was not attempted.
    pub finished: BTreeSet<u64>,
    /// The places of the later items that have been sent, or are about to be. When creates go on
    /// from here, these are not sent again: whether they were written is uncertain.
    pub sent: BTreeSet<u64>,
}

members!(Checkpoint { done, finished: or_default, sent: or_default });
