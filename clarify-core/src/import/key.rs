//! What two items can't both have while they are under way.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// A value of a unique field, or an id, of which no more is kept than its hash: it is compared several
/// times for each item, and shown to nobody. Two that differ and have the same hash wait for each
/// other, and lose nothing but the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u64);

impl Key {
    pub(super) fn of(text: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(text);
        Self(hasher.finish())
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}

/// Those of one item. Mostly there is one, which takes no memory of its own.
#[derive(Debug, Default)]
pub(super) struct ItemKeys {
    first: Option<Key>,
    others: Vec<Key>,
}

impl ItemKeys {
    pub(super) fn iter(&self) -> impl Iterator<Item = Key> {
        self.first.into_iter().chain(self.others.iter().copied())
    }
}

impl FromIterator<Key> for ItemKeys {
    fn from_iter<I: IntoIterator<Item = Key>>(keys: I) -> Self {
        let mut keys = keys.into_iter();
        Self { first: keys.next(), others: keys.collect() }
    }
}

/// Keys, which are not hashed a second time.
pub(super) type Keys = HashSet<Key, BuildHasherDefault<Hashed>>;

#[derive(Debug, Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
