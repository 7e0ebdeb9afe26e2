//! Several statements as one.

use rusqlite::Connection;

use super::StoreError;

/// Runs `work` as a transaction of its own, or as a part of the one that is held open: what it reads
/// is of one moment, and what it writes is there altogether or not at all.
pub(super) fn at_once<T>(
    connection: &Connection,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    run(connection, "SAVEPOINT at_once")?;
    let open = Open(connection);
    let done = work()?;
    // Where that fails, for want of room on the disk, it is taken back as well.
    run(connection, "RELEASE at_once")?;
    std::mem::forget(open);
    Ok(done)
}

/// Runs a statement that every request runs, and that is not to be parsed for each.
pub(super) fn run(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Taken back when it is dropped, also by a panic.
struct Open<'c>(&'c Connection);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.execute_batch("ROLLBACK TO at_once; RELEASE at_once") {
            tracing::error!(target: "clarify_server", %error, "no rollback");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    #[test]
    fn what_fails_leaves_nothing() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (a)").unwrap();
        let insert = || connection.execute("INSERT INTO t VALUES (1)", []);
        let count = || connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0));
        for held in [false, true] {
            at_once(&connection, || Ok(insert()?)).unwrap();
            let before: i64 = count().unwrap();
            at_once(&connection, || {
                insert()?;
                Err::<(), _>(StoreError::Stopped)
            })
            .unwrap_err();
            let panics = || at_once::<()>(&connection, || panic!("{:?}", insert()));
            catch_unwind(AssertUnwindSafe(panics)).unwrap_err();
            assert_eq!(count().unwrap(), before);
            assert_eq!(connection.is_autocommit(), !held);
            if !held {
                connection.execute_batch("BEGIN").unwrap();
            }
        }
    }
}
