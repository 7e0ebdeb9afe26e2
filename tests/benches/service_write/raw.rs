//! The baseline: SQLite by itself, with the service's tables, indexes and counts, and whoever writes to
//! them by hand.

use std::path::Path;
use std::time::Instant;

use clarify_tests::bench::{company, own_processor_time};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use ulid::Ulid;

use crate::Work;

/// A record that is ready to be written.
struct Ready {
    id: String,
    domain: String,
    attributes: String,
}

/// Writes the records, and prints the seconds that this took, of the clock and of the processor.
pub fn write(path: &Path, work: &Work) {
    let mut connection = open(path, work.synchronous.name());
    let object = object(&connection);
    let ready = |number| Ready {
        id: format!("com_{}", Ulid::generate()),
        domain: format!("c{number}.example"),
        attributes: company(number, work.round),
    };
    let batches: Vec<Vec<_>> =
        work.batches().into_iter().map(|batch| batch.into_iter().map(ready).collect()).collect();
    let mut last = last_key(&connection, object);
    let (began, before) = (Instant::now(), own_processor_time());
    for batch in &batches {
        let transaction = connection.transaction().unwrap();
        last = write_batch(&transaction, object, last, batch);
        transaction.commit().unwrap();
    }
    println!("{} {}", began.elapsed().as_secs_f64(), own_processor_time() - before);
}

fn open(path: &Path, synchronous: &str) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "synchronous", synchronous).unwrap();
    // As the service has it.
    connection.pragma_update(None, "wal_autocheckpoint", 4000).unwrap();
    connection.set_prepared_statement_cache_capacity(64);
    connection
}

fn object(connection: &Connection) -> i64 {
    let sql = "SELECT key FROM objects WHERE name = 'company'";
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn last_key(connection: &Connection, object: i64) -> i64 {
    let sql = "SELECT coalesce(max(key), ?1) FROM records WHERE key BETWEEN ?1 AND ?2";
    let keys = [object << 40, ((object + 1) << 40) - 1];
    connection.query_row(sql, keys, |row| row.get(0)).unwrap()
}

fn write_batch(transaction: &Transaction<'_>, object: i64, mut last: i64, batch: &[Ready]) -> i64 {
    let first = last + 1;
    let now = jiff::Timestamp::now().as_millisecond();
    for ready in batch {
        let sql = "SELECT record FROM unique_keys WHERE object = ? AND key = ?";
        let mut holder = transaction.prepare_cached(sql).unwrap();
        let holder = holder.query_row(params![object, ready.domain], |row| row.get::<_, i64>(0));
        match holder.optional().unwrap() {
            Some(key) => update(transaction, key, now, ready),
            None => {
                last += 1;
                insert(transaction, object, last, now, ready);
            }
        }
    }
    count(transaction, object, first, last);
    last
}

fn update(transaction: &Transaction<'_>, key: i64, now: i64, ready: &Ready) {
    // What is not mentioned stays.
    let sql = "UPDATE records SET updated_at = ?, attributes = json_patch(attributes, ?)
        WHERE key = ?";
    let mut update = transaction.prepare_cached(sql).unwrap();
    update.execute(params![now, ready.attributes, key]).unwrap();
}

fn insert(transaction: &Transaction<'_>, object: i64, key: i64, now: i64, ready: &Ready) {
    let sql = "INSERT INTO records (key, object, id, created_at, updated_at, attributes)
        VALUES (?, ?, ?, ?, ?, ?)";
    let mut insert = transaction.prepare_cached(sql).unwrap();
    insert.execute(params![key, object, ready.id, now, now, ready.attributes]).unwrap();
    let sql = "INSERT INTO unique_keys (object, key, record) VALUES (?, ?, ?)";
    let mut claim = transaction.prepare_cached(sql).unwrap();
    claim.execute(params![object, ready.domain, key]).unwrap();
}

/// Counts the new records by blocks of keys, and the commit.
fn count(transaction: &Transaction<'_>, object: i64, first: i64, last: i64) {
    for (table, bits) in [("blocks_fine", 8), ("blocks_coarse", 14)] {
        let sql = format!(
            "INSERT INTO {table} (block, live) VALUES (?, ?)
             ON CONFLICT (block) DO UPDATE SET live = live + excluded.live"
        );
        let mut add = transaction.prepare_cached(&sql).unwrap();
        for block in first >> bits..=last >> bits {
            let live = last.min(((block + 1) << bits) - 1) - first.max(block << bits) + 1;
            if live > 0 {
                add.execute([block, live]).unwrap();
            }
        }
    }
    let sql = "INSERT INTO object_writes (object, commits) VALUES (?, 1)
        ON CONFLICT (object) DO UPDATE SET commits = commits + 1";
    transaction.prepare_cached(sql).unwrap().execute([object]).unwrap();
}

/// What a file has: each record's attributes by its unique key, and how many are counted.
pub fn content(path: &Path) -> (Vec<(String, String)>, [i64; 2]) {
    let connection = open(path, "full");
    let object = object(&connection);
    let sql = "SELECT unique_keys.key, attributes FROM unique_keys
        JOIN records ON records.key = record WHERE unique_keys.object = ? ORDER BY 1";
    let mut records = connection.prepare(sql).unwrap();
    let records = records.query_map([object], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let sum = |table| {
        let sql = format!("SELECT sum(live) FROM {table}");
        connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    (records.map(Result::unwrap).collect(), ["blocks_fine", "blocks_coarse"].map(sum))
}
