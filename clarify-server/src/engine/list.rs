//! Lists: a page of an object's records.

use std::sync::Arc;

use super::query::Query;
use super::{Engine, Fault, Parameter, Refusal, Served, filter, query, render};
use crate::store::Window;

/// A page of a list.
pub(crate) struct Listing {
    /// Its records, as the members of a JSON list.
    pub(crate) records: String,
    /// How many records meet the conditions, on this page or another.
    pub(crate) total: u64,
    pub(crate) limit: u64,
    pub(crate) offset: u64,
}

impl Listing {
    /// How many pages there are.
    pub(crate) const fn pages(&self) -> u64 {
        self.total.div_ceil(self.limit)
    }

    /// The offset of the page after this one.
    pub(crate) fn next(&self) -> Option<u64> {
        self.offset.checked_add(self.limit).filter(|next| *next < self.total)
    }

    /// The offset of the page before this one.
    pub(crate) fn previous(&self) -> Option<u64> {
        (self.offset > 0).then(|| self.offset.saturating_sub(self.limit))
    }
}

impl Engine {
    /// The page that the parameters ask for.
    pub(crate) async fn list(
        &self,
        object: &Arc<Served>,
        parameters: &[Parameter],
    ) -> Result<Listing, Refusal> {
        let (query, mut faults) = query::read(parameters, self.contract);
        let (selection, wrong) = self.selection(&object.object.name, parameters);
        faults.extend(wrong);
        let window = self.window(object, &query, faults)?;
        let page = self.store.page(window).await?;
        self.check_served(object)?;
        let mut records = String::new();
        for record in &page.records {
            if !records.is_empty() {
                records.push(',');
            }
            render::push_record(&mut records, &object.object, record, &selection, self.contract);
        }
        let Query { limit, offset, .. } = query;
        Ok(Listing { records, total: page.total, limit, offset })
    }

    /// Every parameter that is wrong is reported.
    fn window(
        &self,
        object: &Served,
        query: &Query<'_>,
        mut faults: Vec<Fault>,
    ) -> Result<Window, Refusal> {
        let mut conditions = Vec::new();
        for filter in &query.filters {
            match filter::condition(&object.object, filter, self.contract) {
                Ok(condition) => conditions.push(condition),
                Err(fault) => faults.push(fault),
            }
        }
        let order = query.sort.as_ref().filter(|order| order.column.is_some());
        let sort = order.map(|order| filter::sort(&object.object, order, self.contract));
        let sort = sort.transpose().unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let (limit, offset) = (query.limit, query.offset);
        Ok(Window { object: object.key, conditions, sort, limit, offset })
    }
}
