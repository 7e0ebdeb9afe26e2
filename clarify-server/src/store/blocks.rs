//! How many records live in each block of keys, so that neither a total nor a page far into an
//! object walks the records before it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::page::sql_integer;
use super::{ObjectKey, RecordKey, StoreError, records};

const COARSE_BITS: u32 = 14;
const FINE_BITS: u32 = 8;

/// What writes change in the counts, summed by fine block.
#[derive(Debug, Default)]
pub(super) struct Changes {
    live: BTreeMap<i64, i64>,
}

impl Changes {
    pub(super) fn add(&mut self, key: RecordKey, live: i64) {
        *self.live.entry(key.0 >> FINE_BITS).or_default() += live;
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (block, live) in other.live {
            *self.live.entry(block).or_default() += live;
        }
    }

    /// Writes the sums, each block once.
    pub(super) fn write(self, writer: &Connection) -> Result<(), StoreError> {
        let mut coarse = BTreeMap::new();
        for (block, live) in &self.live {
            *coarse.entry(block >> (COARSE_BITS - FINE_BITS)).or_default() += live;
        }
        write_level(writer, "blocks_fine", &self.live)?;
        write_level(writer, "blocks_coarse", &coarse)
    }
}

fn write_level(
    writer: &Connection,
    table: &str,
    sums: &BTreeMap<i64, i64>,
) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO {table} (block, live) VALUES (?, ?)
         ON CONFLICT (block) DO UPDATE SET live = live + excluded.live"
    );
    let mut statement = writer.prepare_cached(&sql)?;
    for (block, live) in sums.iter().filter(|(_, live)| **live != 0) {
        statement.execute([block, live])?;
    }
    Ok(())
}

/// How many records an object has.
pub(super) fn total(reader: &Connection, object: ObjectKey) -> Result<u64, StoreError> {
    let keys = object.records();
    let sql = "SELECT coalesce(sum(live), 0) FROM blocks_coarse WHERE block BETWEEN ? AND ?";
    let blocks = [keys.start() >> COARSE_BITS, keys.end() >> COARSE_BITS];
    let total: i64 = reader.prepare_cached(sql)?.query_row(blocks, |row| row.get(0))?;
    Ok(u64::try_from(total).unwrap_or_default())
}

/// Takes away the counts of an object.
pub(super) fn remove(writer: &Connection, object: ObjectKey) -> Result<(), StoreError> {
    let keys = object.records();
    for (table, bits) in [("blocks_fine", FINE_BITS), ("blocks_coarse", COARSE_BITS)] {
        let sql = format!("DELETE FROM {table} WHERE block BETWEEN ? AND ?");
        writer.execute(&sql, [keys.start() >> bits, keys.end() >> bits])?;
    }
    Ok(())
}

/// Where a page of so many records in all begins: a key, and how many live records to pass from there
/// on. None when the offset is past the end.
pub(super) fn locate(
    reader: &Connection,
    object: ObjectKey,
    total: u64,
    offset: u64,
) -> Result<Option<(i64, u64)>, StoreError> {
    if offset >= total {
        return Ok(None);
    }
    let keys = object.records();
    // The first key is given to no record. Where no other is without one, a record's number says its key.
    if records::last_key(reader, object)? == Some(keys.start() + sql_integer(total)) {
        return Ok(Some((keys.start() + 1 + sql_integer(offset), 0)));
    }
    let (first, last) = (keys.start() >> COARSE_BITS, keys.end() >> COARSE_BITS);
    let Some((coarse, rest, _)) = walk(reader, "blocks_coarse", first, last, offset)? else {
        return Ok(None);
    };
    let shift = COARSE_BITS - FINE_BITS;
    let (first, last) = (coarse << shift, ((coarse + 1) << shift) - 1);
    let found = walk(reader, "blocks_fine", first, last, rest)?;
    Ok(found.map(|(fine, rest, live)| place(fine << FINE_BITS, rest, live)))
}

/// In a block without a hole a record's number says its key.
fn place(first: i64, rest: u64, live: u64) -> (i64, u64) {
    match i64::try_from(rest) {
        Ok(rest) if live == 1 << FINE_BITS => (first + rest, 0),
        _ => (first, rest),
    }
}

/// The block from `first` to `last` that holds the live record number `offset`, that record's number
/// within the block, and how many live in it.
fn walk(
    reader: &Connection,
    table: &str,
    first: i64,
    last: i64,
    offset: u64,
) -> Result<Option<(i64, u64, u64)>, StoreError> {
    let sql = format!("SELECT block, live FROM {table} WHERE block BETWEEN ? AND ? ORDER BY block");
    let mut statement = reader.prepare_cached(&sql)?;
    let mut rows = statement.query([first, last])?;
    let mut rest = offset;
    while let Some(row) = rows.next()? {
        let live = u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default();
        if rest < live {
            return Ok(Some((row.get(0)?, rest, live)));
        }
        rest -= live;
    }
    Ok(None)
}
