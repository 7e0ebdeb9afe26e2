//! What writes change in what is kept beside the records. It is summed over a commit, so that each
//! sum is written once.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _};

use super::{ObjectKey, RecordKey, StoreError, blocks, selects};

#[derive(Debug, Default)]
pub(super) struct Changes {
    blocks: blocks::Changes,
    pub(super) selects: selects::Changes,
    objects: BTreeSet<ObjectKey>,
    /// How many records were inserted, changed or deleted.
    pub(super) records: u64,
}

impl Changes {
    /// A record was inserted (1), changed (0) or deleted (-1).
    pub(super) fn add(&mut self, key: RecordKey, live: i64) {
        self.blocks.add(key, live);
        self.touch(key.object());
        self.records += 1;
    }

    /// What was read of this object before may be otherwise now.
    pub(super) fn touch(&mut self, object: ObjectKey) {
        self.objects.insert(object);
    }

    pub(super) fn merge(&mut self, later: Self) {
        self.blocks.merge(later.blocks);
        self.selects.merge(later.selects);
        self.objects.extend(later.objects);
        self.records += later.records;
    }

    pub(super) fn write(self, writer: &Connection) -> Result<(), StoreError> {
        self.blocks.write(writer)?;
        self.selects.write(writer)?;
        let sql = "INSERT INTO object_writes (object, commits) VALUES (?, 1)
            ON CONFLICT (object) DO UPDATE SET commits = commits + 1";
        for object in self.objects {
            writer.prepare_cached(sql)?.execute([object.0])?;
        }
        Ok(())
    }
}

/// How many commits have changed records of this object.
pub(super) fn commits(reader: &Connection, object: ObjectKey) -> Result<i64, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT commits FROM object_writes WHERE object = ?")?;
    Ok(statement.query_row([object.0], |row| row.get(0)).optional()?.unwrap_or_default())
}
