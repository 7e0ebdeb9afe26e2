//! Items on their way into batches.

use std::collections::VecDeque;

use super::key::Keys;
use super::parcel::Batch;
use super::unit::Unit;
use crate::MAX_BATCH;
use crate::request::write;

/// The items that wait to be sent, in the order of the source.
///
/// Two that share a unique value, or are of one record, are never under way together: the later one
/// waits, so that it has the last word.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Unit>,
    /// What belongs to items that are under way.
    busy: Keys,
    /// How many of the waiting items had to be passed over the last time.
    held_back: usize,
    /// How many of the waiting items are to be created.
    creates: usize,
    /// What held batches that have come to their end, for others.
    spare: Vec<Batch>,
    /// What held items that are in batches.
    memory: Vec<Vec<u8>>,
}

impl Queue {
    pub(super) fn push(&mut self, unit: Unit) {
        self.creates += usize::from(unit.work.is_sent_once());
        self.waiting.push_back(unit);
    }

    /// Memory for an item that is to be pushed.
    pub(super) fn memory(&mut self) -> Vec<u8> {
        self.memory.pop().unwrap_or_default()
    }

    /// Whether a batch may be one of creates.
    pub(super) fn has_creates(&self) -> bool {
        self.creates > 0
    }

    /// Whether there may be a whole batch.
    pub(super) fn has_enough(&self) -> bool {
        self.waiting.len() >= MAX_BATCH + self.held_back
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The next batch, of items of this object: as many as may be under way now, 25 at most. In order,
    /// none of them is before one that has to wait.
    pub(super) fn take(&mut self, object: &str, in_order: bool) -> Option<Batch> {
        let mut batch = self.spare.pop().unwrap_or_default();
        let mut manners = Vec::new();
        let mut held_back = VecDeque::new();
        let mut held_keys = Keys::default();
        while let Some(unit) = self.waiting.pop_front() {
            let is_free =
                unit.keys.iter().all(|key| !self.busy.contains(&key) && !held_keys.contains(&key));
            let is_alike = batch.work.is_none_or(|work| work == unit.work);
            if is_free && is_alike && write::agree(&mut manners, unit.manners()).is_ok() {
                self.busy.extend(unit.keys.iter());
                self.creates -= usize::from(unit.work.is_sent_once());
                self.memory.push(batch.push(object, unit));
                if batch.parts.len() == MAX_BATCH {
                    break;
                }
            } else {
                held_keys.extend(unit.keys.iter());
                held_back.push_back(unit);
                if in_order {
                    break;
                }
            }
        }
        self.held_back = held_back.len();
        while let Some(unit) = held_back.pop_back() {
            self.waiting.push_front(unit);
        }
        if batch.parts.is_empty() {
            self.spare.push(batch);
            return None;
        }
        Some(batch)
    }

    /// A batch has come to its end: what belonged to its items is free.
    pub(super) fn take_back(&mut self, mut batch: Batch) {
        for key in &batch.keys {
            self.busy.remove(key);
        }
        self.held_back = 0;
        batch.clear();
        self.spare.push(batch);
    }

    /// Gives up all that wait.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Unit> {
        (self.held_back, self.creates) = (0, 0);
        self.waiting.drain(..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Work;
    use crate::import::key::Key;

    fn unit(index: u64, keys: &[&str]) -> Unit {
        let keys = keys.iter().map(|key| Key::of(key.as_bytes())).collect();
        Unit { index, keys, ..Unit::new(Work::Upsert) }
    }

    fn queue(units: impl IntoIterator<Item = Unit>) -> Queue {
        let mut queue = Queue::default();
        units.into_iter().for_each(|unit| queue.push(unit));
        queue
    }

    fn indices(batch: &Batch) -> Vec<u64> {
        batch.parts.iter().map(|part| part.index).collect()
    }

    #[test]
    fn a_batch_holds_25() {
        let mut queue = queue((0..30).map(|index| unit(index, &[])));
        assert_eq!(indices(&queue.take("person", false).unwrap()), (0..25).collect::<Vec<_>>());
        assert_eq!(indices(&queue.take("person", false).unwrap()), (25..30).collect::<Vec<_>>());
        assert!(queue.is_empty());
    }

    #[test]
    fn in_order_no_item_passes_another() {
        let mut queue = queue([unit(0, &["a"]), unit(1, &["a", "b"]), unit(2, &["c"])]);
        let first = queue.take("person", true).unwrap();
        assert_eq!(indices(&first), [0]);
        queue.take_back(first);
        assert_eq!(indices(&queue.take("person", true).unwrap()), [1, 2]);
    }

    #[test]
    fn who_shares_a_value_waits_and_so_does_who_shares_one_with_him() {
        let mut queue =
            queue([unit(0, &["a"]), unit(1, &["a", "b"]), unit(2, &["b"]), unit(3, &["c"])]);
        let first = queue.take("person", false).unwrap();
        assert_eq!(indices(&first), [0, 3]);
        assert!(queue.take("person", false).is_none());
        queue.take_back(first);
        let second = queue.take("person", false).unwrap();
        assert_eq!(indices(&second), [1]);
        queue.take_back(second);
        assert_eq!(indices(&queue.take("person", false).unwrap()), [2]);
    }

    #[test]
    fn a_batch_is_created_or_upserted_and_not_both() {
        let create = |index| Unit { index, ..Unit::new(Work::Create) };
        let mut queue = queue([unit(0, &["a"]), create(1), unit(2, &["b"]), create(3)]);
        assert_eq!(indices(&queue.take("person", false).unwrap()), [0, 2]);
        assert_eq!(indices(&queue.take("person", false).unwrap()), [1, 3]);
    }

    #[test]
    fn what_one_call_can_not_say_goes_into_two() {
        use crate::import::unit::Change;
        use crate::patch::Manner;
        let labels = |index, manner| {
            let change = Change { manners: vec![("labels".into(), manner)], ..Change::default() };
            Unit { change: Some(Box::new(change)), ..unit(index, &[]) }
        };
        let mut queue = queue([
            labels(0, Manner::Append),
            labels(1, Manner::Remove),
            labels(2, Manner::Append),
        ]);
        assert_eq!(indices(&queue.take("person", false).unwrap()), [0, 2]);
        assert_eq!(indices(&queue.take("person", false).unwrap()), [1]);
    }
}
