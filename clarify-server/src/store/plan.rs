//! Which index a search goes through. SQLite knows neither how many records an object has nor how
//! many meet a condition; it is told which index to use.

use rusqlite::{Connection, params_from_iter};

use super::condition::Sql;
use super::search::Search;
use super::{Condition, StoreError, Window};

/// An index that leads to the records that meet the conditions on its column.
pub(super) struct Lead<'s> {
    pub(super) index: &'s str,
    /// How many records these are.
    records: u64,
}

/// One record of so many may be read by its place in an index, which is by so much slower than to
/// read all records one after the other.
const FEW: u64 = 16;

impl Search<'_> {
    /// The index to find a page through. None: the records are gone through in the order of their
    /// creation.
    pub(super) fn way(&self, total: u64) -> Result<Option<&str>, StoreError> {
        let Window { conditions, sort, limit, offset, .. } = self.window;
        let (sorted, only) = (self.sort_index(), self.only_index());
        let is_sorted_by =
            |c: &Condition| sort.as_ref().is_some_and(|s| c.own_column() == Some(&s.column));
        if sorted.is_some() && conditions.iter().all(is_sorted_by) {
            return Ok(sorted);
        }
        // How many records are gone through until the page is full, if those that meet the
        // conditions lie evenly among the others.
        let walk = self.all.saturating_mul(offset.saturating_add(*limit)) / total.max(1);
        let lead = match only {
            Some(index) => self.narrows(index).then_some(Lead { index, records: total }),
            None => self.lead()?,
        };
        if let Some(Lead { index, records }) = lead {
            let in_order = sort.is_none() && self.is_equal(index);
            if !in_order && sorted.is_some() && walk < records {
                return Ok(sorted);
            }
            return Ok(Some(index).filter(|_| in_order || records <= self.all / 4));
        }
        if sorted.is_some() && walk <= self.all / FEW {
            return Ok(sorted);
        }
        let pays = if sort.is_some() { total <= self.all / 4 } else { walk > self.all / FEW };
        Ok(only.filter(|_| pays))
    }

    /// The index that a list can be read from in its order.
    pub(super) fn sort_index(&self) -> Option<&str> {
        self.indexes.on(&self.window.sort.as_ref()?.column)
    }

    /// The index that has all that the conditions look at.
    pub(super) fn only_index(&self) -> Option<&str> {
        let (first, others) = self.window.conditions.split_first()?;
        let column = first.own_column()?;
        let is_only = others.iter().all(|other| other.own_column() == Some(column));
        self.indexes.on(column).filter(|_| is_only)
    }

    /// Of conditions on several columns, the one that the fewest records meet, where these are few.
    pub(super) fn lead(&self) -> Result<Option<Lead<'_>>, StoreError> {
        let mut lead = None;
        let mut most = self.all / FEW;
        for condition in self.window.conditions.iter().filter(|condition| condition.narrows()) {
            let index = condition.own_column().and_then(|column| self.indexes.on(column));
            let Some(index) = index else { continue };
            let records = self.count_up_to(most, index, &self.on(index))?;
            if records < most {
                most = records;
                lead = Some(Lead { index, records });
            }
        }
        Ok(lead)
    }

    fn narrows(&self, index: &str) -> bool {
        self.on(index).iter().any(|condition| condition.narrows())
    }

    /// Whether the index has the records that meet the conditions in the order of their creation.
    fn is_equal(&self, index: &str) -> bool {
        self.on(index).iter().any(|condition| condition.is_equality())
    }

    fn on(&self, index: &str) -> Vec<&Condition> {
        let is_on =
            |c: &&Condition| c.own_column().is_some_and(|on| self.indexes.on(on) == Some(index));
        self.window.conditions.iter().filter(is_on).collect()
    }
}

/// Tells the plan that SQLite has for a query, without the values that are asked for.
pub(super) fn log(reader: &Connection, sql: &Sql) -> Result<(), StoreError> {
    if tracing::enabled!(target: "clarify_server::store", tracing::Level::DEBUG) {
        let plan = explain(reader, sql)?;
        tracing::debug!(target: "clarify_server::store", plan, sql = sql.text, "query");
    }
    Ok(())
}

pub(super) fn explain(reader: &Connection, sql: &Sql) -> Result<String, StoreError> {
    let mut statement = reader.prepare(&format!("EXPLAIN QUERY PLAN {}", sql.text))?;
    let steps = statement.query_map(params_from_iter(&sql.values), |row| row.get(3))?;
    Ok(steps.collect::<Result<Vec<String>, _>>()?.join("; "))
}
