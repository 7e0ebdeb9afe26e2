//! Links between records, from the sides that do not write them.
//!
//! A to-one link is an attribute of the record that has it; `links` holds it once more by what it
//! names, so that the records that link to one are found. A many-to-many link is a pair, kept once
//! from each of its two sides.

use rusqlite::{Connection, params};

use super::{ObjectKey, RecordKey, StoreError, Transaction};

/// The links of one field of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LinkField {
    pub(crate) object: ObjectKey,
    /// It holds ASCII letters, digits and underscores alone.
    pub(crate) field: String,
}

/// Some of many: so many, from this one on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice {
    pub(crate) limit: u64,
    pub(crate) offset: u64,
}

impl Slice {
    pub(crate) const ALL: Self = Self { limit: u64::MAX, offset: 0 };

    pub(super) fn limit(self) -> i64 {
        super::page::sql_integer(self.limit)
    }

    pub(super) fn offset(self) -> i64 {
        super::page::sql_integer(self.offset)
    }
}

/// The records whose to-one link names this id, in the order of their creation.
pub(super) fn linking(
    reader: &Connection,
    links: &LinkField,
    target: &str,
    slice: Slice,
) -> Result<Vec<RecordKey>, StoreError> {
    let sql = "SELECT record FROM links WHERE object = ? AND field = ? AND target = ?
        ORDER BY record LIMIT ? OFFSET ?";
    let values = params![links.object.0, links.field, target, slice.limit(), slice.offset()];
    keys(reader, sql, values)
}

pub(super) fn linking_count(
    reader: &Connection,
    links: &LinkField,
    target: &str,
) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM links WHERE object = ? AND field = ? AND target = ?";
    count(reader, sql, params![links.object.0, links.field, target])
}

/// The other records of a record's pairs, in the order of their creation.
pub(super) fn paired(
    reader: &Connection,
    links: &LinkField,
    record: RecordKey,
    slice: Slice,
) -> Result<Vec<RecordKey>, StoreError> {
    let sql = "SELECT other FROM pairs WHERE object = ? AND field = ? AND record = ?
        ORDER BY other LIMIT ? OFFSET ?";
    let values = params![links.object.0, links.field, record.0, slice.limit(), slice.offset()];
    keys(reader, sql, values)
}

pub(super) fn paired_count(
    reader: &Connection,
    links: &LinkField,
    record: RecordKey,
) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM pairs WHERE object = ? AND field = ? AND record = ?";
    count(reader, sql, params![links.object.0, links.field, record.0])
}

fn keys(
    reader: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<RecordKey>, StoreError> {
    let mut statement = reader.prepare_cached(sql)?;
    let keys = statement.query_map(values, |row| row.get(0).map(RecordKey))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

fn count(reader: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<u64, StoreError> {
    let count: i64 = reader.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

impl Transaction<'_> {
    /// Notes that a record's to-one link names this id.
    pub(crate) fn link(
        &mut self,
        links: &LinkField,
        target: &str,
        record: RecordKey,
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO links (object, field, target, record) VALUES (?, ?, ?, ?)";
        let values = params![links.object.0, links.field, target, record.0];
        self.connection().prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Notes that it names it no more.
    pub(crate) fn unlink(
        &mut self,
        links: &LinkField,
        target: &str,
        record: RecordKey,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM links WHERE object = ? AND field = ? AND target = ? AND record = ?";
        let values = params![links.object.0, links.field, target, record.0];
        self.connection().prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// The records whose to-one link names this id.
    pub(crate) fn linking(
        &self,
        links: &LinkField,
        target: &str,
    ) -> Result<Vec<RecordKey>, StoreError> {
        linking(self.connection(), links, target, Slice::ALL)
    }

    /// Pairs a record with another, whose own field for it is `back`.
    pub(crate) fn pair(
        &mut self,
        there: &LinkField,
        record: RecordKey,
        back: &LinkField,
        other: RecordKey,
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO pairs (object, field, record, other) VALUES (?, ?, ?, ?)";
        self.both(sql, there, record, back, other)
    }

    /// Takes a pair apart.
    pub(crate) fn unpair(
        &mut self,
        there: &LinkField,
        record: RecordKey,
        back: &LinkField,
        other: RecordKey,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM pairs WHERE object = ? AND field = ? AND record = ? AND other = ?";
        self.both(sql, there, record, back, other)
    }

    fn both(
        &mut self,
        sql: &str,
        there: &LinkField,
        record: RecordKey,
        back: &LinkField,
        other: RecordKey,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection().prepare_cached(sql)?;
        statement.execute(params![there.object.0, there.field, record.0, other.0])?;
        statement.execute(params![back.object.0, back.field, other.0, record.0])?;
        drop(statement);
        self.note_links(there.object, back.object);
        Ok(())
    }

    /// The other records of a record's pairs.
    pub(crate) fn paired(
        &self,
        links: &LinkField,
        record: RecordKey,
    ) -> Result<Vec<RecordKey>, StoreError> {
        paired(self.connection(), links, record, Slice::ALL)
    }
}
