//! Lists: a page of an object's records.

use std::sync::Arc;

use super::graph::Graph;
use super::query::{Filter, Query};
use super::shown::List;
use super::{Engine, Fault, Parameter, Refusal, Served, Shown, filter, query};
use crate::store::{Condition, StoreError, View, Window};

/// A page of a list.
pub(crate) struct Listing {
    /// Its records, and those that were included.
    pub(crate) shown: Shown,
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
        let (mut showing, wrong) = self.showing(object, parameters);
        faults.extend(wrong);
        let window = self.window(object, &query, faults)?;
        let Query { limit, offset, .. } = query;
        let Some(branches) = showing.branches.take() else {
            let list = List::new(object, showing.fieldsets, limit, self.contract);
            let (records, total) = self.page(window, list).await?;
            self.check_served(object)?;
            let shown = Shown { records, included: None };
            return Ok(Listing { shown, total, limit, offset });
        };
        let served = Arc::clone(object);
        let read = self.store.read(move |view| {
            let page = view.page(&window)?;
            Ok((page.total, Graph::grown(view, &served, page.records, &branches)?))
        });
        let ((total, graph), _share) = read.await?;
        self.check_served(object)?;
        let shown = self.show_graph(&graph.map_err(Fault::from)?, &showing);
        Ok(Listing { shown, total, limit, offset })
    }

    /// The records of a page, and how many there are in all.
    async fn page(&self, window: Window, list: List) -> Result<(String, u64), StoreError> {
        if window.is_in_creation_order() {
            match self.store.read_here(page(window.clone(), list.clone())).await {
                Err(StoreError::Long) => {}
                read => return read.map(|(page, _share)| page),
            }
        }
        self.store.read(page(window, list)).await.map(|(page, _share)| page)
    }

    /// Every parameter that is wrong is reported.
    pub(super) fn window(
        &self,
        object: &Arc<Served>,
        query: &Query<'_>,
        mut faults: Vec<Fault>,
    ) -> Result<Window, Refusal> {
        let mut conditions = Vec::new();
        for filter in &query.filters {
            match self.condition(object, filter) {
                Ok(condition) => conditions.push(condition),
                Err(fault) => faults.push(fault),
            }
        }
        let order = query.sort.as_ref().filter(|order| order.column.is_some());
        let sort = order.map(|order| filter::sort(object, order, self.contract));
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

    fn condition(&self, object: &Arc<Served>, filter: &Filter<'_>) -> Result<Condition, Fault> {
        let (object, path) = self.path(object, filter)?;
        filter::condition(&object, path, filter, self.contract)
    }
}

/// Reads a page.
fn page(
    window: Window,
    mut list: List,
) -> impl FnOnce(&View<'_>) -> Result<(String, u64), StoreError> + Send + 'static {
    move |view| {
        let page = view.page_as(&window, |record| list.push(record))?;
        Ok((list.into_json(), page.total))
    }
}
