//! Lists that are filtered or sorted: how many records they have in all, and those of a page.

use rusqlite::{Connection, params_from_iter};

use super::condition::{Sql, push_filter, push_order};
use super::indexes::{Indexes, WORTHWHILE};
use super::page::{Page, Window, sql_integer};
use super::totals::Totals;
use super::{
    Column, Condition, RecordKey, RecordRef, Share, StoreError, blocks, changes, indexes, plan,
    records, selects,
};

/// A search in one view of the store.
pub(super) struct Search<'s> {
    pub(super) view: &'s Connection,
    pub(super) window: &'s Window,
    pub(super) indexes: Indexes,
    /// How many records the object has.
    pub(super) all: u64,
    totals: &'s Totals,
    share: &'s Share,
    /// How many commits have changed the records of the objects that the conditions look at.
    commits: i64,
}

impl<'s> Search<'s> {
    pub(super) fn new(
        view: &'s Connection,
        window: &'s Window,
        totals: &'s Totals,
        share: &'s Share,
    ) -> Result<Self, StoreError> {
        let object = window.object;
        // What leads to its records by itself needs no index beside its own.
        let indexes = if window.conditions.iter().any(Condition::is_lookup) {
            Indexes::none(object)
        } else {
            Indexes::of(view, object)?
        };
        let all = blocks::total(view, object)?;
        let mut commits = changes::commits(view, object)?;
        for hop in window.conditions.iter().flat_map(|condition| &condition.path) {
            commits += changes::commits(view, hop.target)?;
        }
        Ok(Self { view, window, indexes, all, totals, share, commits })
    }

    pub(super) fn page<T>(
        &self,
        show: impl FnMut(RecordRef<'_>) -> T,
    ) -> Result<Page<T>, StoreError> {
        let (records, total) = match self.total()? {
            Some(total) if total <= self.window.offset => (Vec::new(), total),
            Some(total) => (self.records(self.way(total)?, show)?, total),
            None => self.scan(show)?,
        };
        Ok(Page { records, total })
    }

    /// How many records meet the conditions; None where all records have to be looked at for it.
    fn total(&self) -> Result<Option<u64>, StoreError> {
        let Window { object, conditions, .. } = self.window;
        if conditions.is_empty() {
            return Ok(Some(self.all));
        }
        if let Some(total) = selects::total(self.view, *object, conditions)? {
            return Ok(Some(total));
        }
        if let Some(total) = self.totals.get(*object, conditions, self.commits) {
            return Ok(Some(total));
        }
        let index = match self.only_index() {
            Some(index) => Some(index),
            None => self.lead()?.map(|lead| lead.index),
        };
        if index.is_none() && self.sort_index().is_none() {
            return Ok(None);
        }
        self.count(index).map(Some)
    }

    /// The page first: one that is the last tells the total.
    fn scan<T>(&self, show: impl FnMut(RecordRef<'_>) -> T) -> Result<(Vec<T>, u64), StoreError> {
        let Window { object, conditions, limit, offset, .. } = self.window;
        let records = self.records(None, show)?;
        let shown = records.len() as u64;
        if shown < *limit && (shown > 0 || *offset == 0) {
            let total = offset + shown;
            self.totals.put(*object, conditions, self.commits, total);
            return Ok((records, total));
        }
        Ok((records, self.count(None)?))
    }

    fn count(&self, index: Option<&str>) -> Result<u64, StoreError> {
        let Window { object, conditions, .. } = self.window;
        let sql = self.select("count(*)", index, conditions);
        let total = self.number(&sql)?;
        self.totals.put(*object, conditions, self.commits, total);
        Ok(total)
    }

    /// How many records an index has for these conditions, but no more than `most`.
    pub(super) fn count_up_to(
        &self,
        most: u64,
        index: &str,
        conditions: &[&Condition],
    ) -> Result<u64, StoreError> {
        let mut sql = self.select("key", Some(index), conditions.iter().copied());
        sql.text = format!("SELECT count(*) FROM ({} LIMIT ?)", sql.text);
        sql.bind(sql_integer(most));
        self.number(&sql)
    }

    /// Sorts keys alone, then reads the records of the page: SQLite would carry whole records along.
    fn records<T>(
        &self,
        index: Option<&str>,
        mut show: impl FnMut(RecordRef<'_>) -> T,
    ) -> Result<Vec<T>, StoreError> {
        let sql = self.keys(index);
        plan::log(self.view, &sql)?;
        let mut statement = self.view.prepare_cached(&sql.text)?;
        let keys = statement.query_map(params_from_iter(&sql.values), |row| row.get(0))?;
        let mut shown = Vec::new();
        for key in keys {
            let show = |record: RecordRef<'_>| record.take(self.share).map(|()| show(record));
            shown.extend(records::get_as(self.view, RecordKey(key?), show)?);
        }
        Ok(shown)
    }

    fn keys(&self, index: Option<&str>) -> Sql {
        let Window { conditions, sort, limit, offset, .. } = self.window;
        let mut sql = self.select("key", index, conditions);
        push_order(&mut sql, sort.as_ref());
        sql.push(" LIMIT ? OFFSET ?");
        sql.bind(sql_integer(*limit));
        sql.bind(sql_integer(*offset));
        sql
    }

    fn select<'c>(
        &self,
        what: &str,
        index: Option<&str>,
        conditions: impl IntoIterator<Item = &'c Condition>,
    ) -> Sql {
        let mut sql = Sql::default();
        sql.push(&format!("SELECT {what} FROM records"));
        match index {
            Some(index) => sql.push(&format!(" INDEXED BY \"{index}\"")),
            None => sql.push(" NOT INDEXED"),
        }
        let is_by_id = index.is_some_and(|index| index == indexes::OF_IDS);
        push_filter(&mut sql, self.window.object, conditions, is_by_id);
        sql
    }

    fn number(&self, sql: &Sql) -> Result<u64, StoreError> {
        plan::log(self.view, sql)?;
        let mut statement = self.view.prepare_cached(&sql.text)?;
        let number: i64 = statement.query_row(params_from_iter(&sql.values), |row| row.get(0))?;
        Ok(u64::try_from(number).unwrap_or_default())
    }

    /// The column that should be given an index first: with it, such a list is found faster.
    pub(super) fn lacks(&self) -> Option<&'s Column> {
        if self.all < WORTHWHILE {
            return None;
        }
        let Window { conditions, sort, .. } = self.window;
        let (narrow, wide): (Vec<_>, Vec<_>) = conditions.iter().partition(|c| c.narrows());
        let sort = sort.as_ref().map(|sort| &sort.column);
        let columns =
            |conditions: Vec<&'s Condition>| conditions.into_iter().filter_map(|c| c.own_column());
        let mut columns = columns(narrow).chain(sort).chain(columns(wide));
        columns.find(|column| self.indexes.lack(column))
    }
}

#[cfg(test)]
mod tests;
