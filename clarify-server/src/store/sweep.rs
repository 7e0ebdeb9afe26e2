//! What is left of objects that were deleted, taken away in pieces while nothing else is to be
//! written: however many records an object had, no write waits for more than one piece.

use rusqlite::{Connection, OptionalExtension as _};

use super::at_once::at_once;
use super::{ObjectKey, StoreError, blocks};

/// How many rows a piece has.
const PIECE: usize = 1000;

const LINKS: &str = "DELETE FROM links WHERE object = ?1 AND (field, target, record) IN
    (SELECT field, target, record FROM links WHERE object = ?1 LIMIT ?2)";

const PAIRS: &str = "DELETE FROM pairs WHERE object = ?1 AND (field, record, other) IN
    (SELECT field, record, other FROM pairs WHERE object = ?1 LIMIT ?2)";

const DELETED: &str = "DELETE FROM deleted WHERE object = ?1 AND (deleted_at, record, id) IN
    (SELECT deleted_at, record, id FROM deleted WHERE object = ?1 LIMIT ?2)";

/// An object of which something is left.
pub(super) fn next(writer: &Connection) -> Result<Option<ObjectKey>, StoreError> {
    let mut next = writer.prepare_cached("SELECT key FROM deleted_objects LIMIT 1")?;
    Ok(next.query_row([], |row| row.get(0)).optional()?.map(ObjectKey))
}

/// Takes away a piece of what is left of an object.
pub(super) fn sweep(writer: &Connection, object: ObjectKey) -> Result<(), StoreError> {
    at_once(writer, || sweep_object(writer, object))
}

fn sweep_object(writer: &Connection, object: ObjectKey) -> Result<(), StoreError> {
    if sweep_records(writer, object)? == PIECE || sweep_unique_keys(writer, object)? == PIECE {
        return Ok(());
    }
    for sql in [LINKS, PAIRS, DELETED] {
        let piece = i64::try_from(PIECE).unwrap_or(i64::MAX);
        if writer.prepare_cached(sql)?.execute([object.0, piece])? == PIECE {
            return Ok(());
        }
    }
    blocks::remove(writer, object)?;
    writer.execute("DELETE FROM deleted_objects WHERE key = ?", [object.0])?;
    Ok(())
}

fn sweep_records(writer: &Connection, object: ObjectKey) -> Result<usize, StoreError> {
    let sql = "DELETE FROM records WHERE key IN
        (SELECT key FROM records WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ?)";
    let keys = object.records();
    let piece = i64::try_from(PIECE).unwrap_or(i64::MAX);
    Ok(writer.prepare_cached(sql)?.execute([*keys.start(), *keys.end(), piece])?)
}

fn sweep_unique_keys(writer: &Connection, object: ObjectKey) -> Result<usize, StoreError> {
    let sql = "DELETE FROM unique_keys WHERE object = ?1 AND key IN
        (SELECT key FROM unique_keys WHERE object = ?1 LIMIT ?2)";
    let piece = i64::try_from(PIECE).unwrap_or(i64::MAX);
    Ok(writer.prepare_cached(sql)?.execute([object.0, piece])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Record, Transaction, layout, objects};

    const ROWS: &str = "SELECT (SELECT count(*) FROM records), (SELECT count(*) FROM unique_keys),
        (SELECT count(*) FROM blocks_fine), (SELECT count(*) FROM blocks_coarse)";

    /// An object of so many records, each with a unique key.
    fn object(connection: &Connection, name: &str, records: usize) -> ObjectKey {
        let (object, _) = objects::put(connection, "acme", name, Some("number"), "{}").unwrap();
        let mut transaction = Transaction::new(connection);
        for number in 0..records {
            let key = transaction.next_key(object).unwrap();
            let (id, attributes) = (number.to_string(), "{}".to_owned());
            let record =
                Record { key, id, created_at: 0, updated_at: 0, attributes, merged_ids: None };
            transaction.insert(object, &record).unwrap();
            transaction.claim(object, &record.id, key).unwrap();
        }
        transaction.take_changes().write(connection).unwrap();
        object
    }

    #[test]
    fn a_deleted_object_goes_in_pieces_and_no_other_with_it() {
        let connection = layout::open_memory().unwrap();
        let gone = object(&connection, "c_gone", 2 * PIECE + 1);
        let kept = object(&connection, "c_kept", 3);
        objects::remove(&connection, gone).unwrap();
        let (again, _) = objects::put(&connection, "acme", "c_gone", None, "{}").unwrap();
        assert!(again > kept, "the key of a deleted object is not given out again");
        let mut pieces = 0;
        while let Some(object) = next(&connection).unwrap() {
            sweep(&connection, object).unwrap();
            pieces += 1;
        }
        assert!(pieces > 2, "{pieces}");
        let rows =
            |row: &rusqlite::Row<'_>| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]);
        let left: [i64; 4] = connection.query_row(ROWS, [], rows).unwrap();
        assert_eq!(left, [3, 3, 1, 1]);
    }
}
