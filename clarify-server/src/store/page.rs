//! A page of a list: which records it shows, and how many there are in all.

use rusqlite::Connection;

use super::search::Search;
use super::totals::Totals;
use super::{Column, Condition, ObjectKey, RecordRef, Share, Sort, StoreError, blocks, records};

/// Which records of an object a list shows.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    pub(crate) object: ObjectKey,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) sort: Option<Sort>,
    pub(crate) limit: u64,
    pub(crate) offset: u64,
}

impl Window {
    /// Whether nothing is searched for: the page is found at once, wherever it begins.
    pub(crate) fn is_in_creation_order(&self) -> bool {
        self.conditions.is_empty() && self.sort.is_none()
    }
}

/// The records that a window shows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<T> {
    /// What was made of each.
    pub(crate) records: Vec<T>,
    /// How many records meet the conditions, on this page or another.
    pub(crate) total: u64,
}

/// The page, of each record what `show` makes of it, and the column that has no index though such a list
/// would be found faster with it.
pub(super) fn read<T>(
    reader: &Connection,
    totals: &Totals,
    share: &Share,
    window: &Window,
    show: impl FnMut(RecordRef<'_>) -> T,
) -> Result<(Page<T>, Option<Column>), StoreError> {
    if window.is_in_creation_order() {
        let total = blocks::total(reader, window.object)?;
        let records = in_creation_order(reader, share, window, total, show)?;
        return Ok((Page { records, total }, None));
    }
    let search = Search::new(reader, window, totals, share)?;
    Ok((search.page(show)?, search.lacks().cloned()))
}

fn in_creation_order<T>(
    reader: &Connection,
    share: &Share,
    window: &Window,
    total: u64,
    mut show: impl FnMut(RecordRef<'_>) -> T,
) -> Result<Vec<T>, StoreError> {
    let Some((first, pass)) = blocks::locate(reader, window.object, total, window.offset)? else {
        return Ok(Vec::new());
    };
    let sql = "SELECT key, id, created_at, updated_at, attributes, merged_ids FROM records
        WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ? OFFSET ?";
    let mut statement = reader.prepare_cached(sql)?;
    let (limit, pass) = (sql_integer(window.limit), sql_integer(pass));
    let mut rows = statement.query([first, *window.object.records().end(), limit, pass])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let record = records::look_at(row)?;
        record.take(share)?;
        found.push(show(record));
    }
    Ok(found)
}

pub(super) fn sql_integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::{Place, Record, RecordKey, Store, Transaction};

    const OBJECT: ObjectKey = ObjectKey(1);

    #[derive(Clone, Debug)]
    enum Step {
        Insert(usize),
        Delete(usize),
        Fail(usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            4 => (1..400_usize).prop_map(Step::Insert),
            3 => any::<usize>().prop_map(Step::Delete),
            1 => (1..100_usize).prop_map(Step::Fail),
        ]
    }

    fn insert(transaction: &mut Transaction<'_>, count: usize) -> Result<Vec<i64>, StoreError> {
        (0..count)
            .map(|_| {
                let key = transaction.next_key(OBJECT)?;
                let (id, attributes) = (key.0.to_string(), "{}".to_owned());
                let record =
                    Record { key, id, created_at: 0, updated_at: 0, attributes, merged_ids: None };
                transaction.insert(OBJECT, &record)?;
                Ok(key.0)
            })
            .collect()
    }

    /// What a list of all keys would show.
    fn apply(store: &Store, live: &mut Vec<i64>, step: Step) {
        match step {
            Step::Insert(count) => {
                let new = store.write_blocking::<_, StoreError, _>(move |t| insert(t, count));
                live.extend(new.unwrap());
            }
            Step::Delete(from) if !live.is_empty() => {
                let from = from % live.len();
                let gone: Vec<_> = live.drain(from..live.len().min(from + 90)).collect();
                let delete = move |transaction: &mut Transaction<'_>| {
                    gone.into_iter().try_for_each(|key| transaction.delete(RecordKey(key)))
                };
                store.write_blocking::<_, StoreError, _>(delete).unwrap();
            }
            Step::Delete(_) => {}
            Step::Fail(count) => {
                let fail = move |transaction: &mut Transaction<'_>| {
                    insert(transaction, count)?;
                    Err::<(), _>(StoreError::Stopped)
                };
                store.write_blocking(fail).unwrap_err();
            }
        }
    }

    fn page(store: &Store, limit: u64, offset: u64) -> (Vec<i64>, u64) {
        let window = Window { object: OBJECT, conditions: vec![], sort: None, limit, offset };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let page = runtime.block_on(store.read(move |view| view.page(&window))).unwrap().0;
        (page.records.iter().map(|record| record.key.0).collect(), page.total)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn every_page_is_what_a_plain_list_shows(
            steps in prop::collection::vec(step(), 1..24),
            pages in prop::collection::vec((1..60_u64, 0..3000_u64), 12),
        ) {
            let store = Store::open(&Place::Memory, Default::default(), &Default::default()).unwrap();
            let mut live = Vec::new();
            for step in steps {
                apply(&store, &mut live, step);
            }
            for (limit, offset) in pages {
                let expected: Vec<_> =
                    live.iter().skip(offset as usize).take(limit as usize).copied().collect();
                prop_assert_eq!(page(&store, limit, offset), (expected, live.len() as u64));
            }
        }
    }

    #[test]
    fn a_page_is_found_across_coarse_blocks_and_holes() {
        let store = Store::open(&Place::Memory, Default::default(), &Default::default()).unwrap();
        let mut live = Vec::new();
        apply(&store, &mut live, Step::Insert(40_000));
        for from in [100, 16_000, 16_400, 30_000] {
            for _ in 0..4 {
                apply(&store, &mut live, Step::Delete(from));
            }
        }
        for offset in [0, 99, 100, 255, 256, 15_999, 16_383, 16_384, 30_000, 39_000, 50_000] {
            let expected: Vec<_> = live.iter().skip(offset).take(50).copied().collect();
            assert_eq!(page(&store, 50, offset as u64), (expected, live.len() as u64));
        }
    }
}
