//! The keys of objects and records.

use std::ops::RangeInclusive;

/// The small number that stands for an object of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ObjectKey(pub(crate) i64);

/// A record's place: its object, then the sequence in which the object's records were created. So
/// the records of an object lie side by side, in the order of their creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RecordKey(pub(crate) i64);

const SEQUENCE_BITS: u32 = 40;

impl RecordKey {
    /// The object that the record belongs to.
    pub(super) const fn object(self) -> ObjectKey {
        ObjectKey(self.0 >> SEQUENCE_BITS)
    }
}

impl ObjectKey {
    /// The keys that the object's records can have.
    pub(crate) const fn records(self) -> RangeInclusive<i64> {
        let first = self.0 << SEQUENCE_BITS;
        first..=first + (1 << SEQUENCE_BITS) - 1
    }
}
