//! What one bulk call may carry.

use std::fmt;

/// The most records that one bulk call may carry, from the API's Records page.
pub const MAX_BATCH: usize = 25;

/// From 1 to 25 items for one bulk call, which is atomic: if one is refused, none is written.
///
/// ```
/// use clarify_core::Batch;
///
/// let few = Batch::of(["a", "b"]);
/// assert_eq!(few.len(), 2);
/// let many: Vec<Batch<i32>> = Batch::split(0..60).collect();
/// assert_eq!(many.iter().map(Batch::len).collect::<Vec<_>>(), [25, 25, 10]);
/// assert!(Batch::try_from(vec![0; 26]).is_err());
/// ```
///
/// An array of the wrong length does not compile:
///
/// ```compile_fail
/// let none = clarify_core::Batch::of([0; 26]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch<I>(Vec<I>);

impl<I> Batch<I> {
    /// A batch of these items.
    #[must_use]
    pub fn of<const N: usize>(items: [I; N]) -> Self
    where
        Length<N>: BatchLength,
    {
        Self(items.into())
    }

    /// Divides any number of items into batches, full ones first.
    pub fn split<S: IntoIterator<Item = I>>(items: S) -> Batches<S::IntoIter> {
        Batches { items: items.into_iter() }
    }

    /// How many items it holds: 1 to 25.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a batch is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, I> {
        self.0.iter()
    }
}

impl<I> TryFrom<Vec<I>> for Batch<I> {
    type Error = BatchError;

    fn try_from(items: Vec<I>) -> Result<Self, BatchError> {
        match items.len() {
            1..=MAX_BATCH => Ok(Self(items)),
            length => Err(BatchError { length }),
        }
    }
}

impl<I> IntoIterator for Batch<I> {
    type Item = I;
    type IntoIter = std::vec::IntoIter<I>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'b, I> IntoIterator for &'b Batch<I> {
    type Item = &'b I;
    type IntoIter = std::slice::Iter<'b, I>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A number of items, as a type.
#[derive(Debug)]
pub enum Length<const N: usize> {}

/// The lengths that a batch can have.
#[diagnostic::on_unimplemented(
    message = "a batch holds 1 to 25 items",
    label = "none, or more than 25",
    note = "`Batch::split` makes batches of any number of items"
)]
pub trait BatchLength {}

macro_rules! lengths {
    ($($length:literal)*) => {$(
        #[diagnostic::do_not_recommend]
        impl BatchLength for Length<$length> {}
    )*};
}

lengths!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25);

/// What [`Batch::split`] gives: the batches, one after the other.
#[derive(Clone, Debug)]
#[must_use = "nothing is divided until the first is asked for"]
pub struct Batches<S> {
    items: S,
}

impl<S: Iterator> Iterator for Batches<S> {
    type Item = Batch<S::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        let items: Vec<_> = self.items.by_ref().take(MAX_BATCH).collect();
        (!items.is_empty()).then_some(Batch(items))
    }
}

/// A number of items that no batch can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchError {
    length: usize,
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a batch holds 1 to {MAX_BATCH} items, not {}", self.length)
    }
}

impl std::error::Error for BatchError {}

/// What bulk writes take as a record of `T`: a `T`, or a reference to one.
#[diagnostic::on_unimplemented(
    message = "the batch holds records of another type",
    label = "not a batch of this object's records"
)]
pub trait RecordOf<T> {
    /// The record.
    fn record(&self) -> &T;
}

#[diagnostic::do_not_recommend]
impl<T: crate::RecordType> RecordOf<T> for T {
    fn record(&self) -> &T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: crate::RecordType> RecordOf<T> for &T {
    fn record(&self) -> &T {
        self
    }
}
