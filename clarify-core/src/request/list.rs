//! The calls that read.

use http::Method;

use super::Call;
use super::endpoint::escape;
use super::write::on_record;
use crate::condition::Query;
use crate::error::{Cause, Problem};
use crate::{ClarifyObject, ConditionOn, Error, RecordId, SortOn};

/// `GET /objects/{object}/records/{id}`: one record.
///
/// # Errors
///
/// When the id is empty, `.` or `..`: no record has such a one, and no path could hold it.
pub fn get<T: ClarifyObject>(id: &RecordId<T>) -> Result<Call, Error> {
    on_record(Method::GET, T::NAME, id.as_str())
}

/// The page size that is asked for where nothing else is said: valid under every contract.
pub const PAGE_SIZE: u64 = 500;

/// What a list asks for: `GET /objects/{object}/resources` with filters, a sort and a page.
#[derive(Clone, Debug)]
pub struct ListQuery {
    conditions: Vec<Query>,
    sort: Option<(&'static str, bool)>,
    limit: u64,
    offset: u64,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self { conditions: Vec::new(), sort: None, limit: PAGE_SIZE, offset: 0 }
    }
}

impl ListQuery {
    /// Adds a condition. All conditions must hold.
    pub fn filter<T>(&mut self, condition: impl ConditionOn<T>) {
        self.conditions.push(condition.into_condition().query);
    }

    /// Sorts, in place of any sort before.
    pub fn sort<T>(&mut self, sort: impl SortOn<T>) {
        let sort = sort.into_sort();
        self.sort = Some((sort.field, sort.descending));
    }

    /// How many records a page has.
    pub fn limit(&mut self, limit: u64) {
        self.limit = limit;
    }

    /// How many records come before the page.
    pub fn offset(&mut self, offset: u64) {
        self.offset = offset;
    }

    pub(crate) fn offset_is(&self) -> u64 {
        self.offset
    }

    /// The call for this page.
    ///
    /// # Errors
    ///
    /// When a value to filter by can't be sent; the error names its field.
    pub fn call<T: ClarifyObject>(&self) -> Result<Call, Error> {
        let path = format!("/objects/{}/resources", T::NAME);
        self.complete(Call::new(Method::GET, path, T::NAME))
    }

    fn complete(&self, mut call: Call) -> Result<Call, Error> {
        let problems: Vec<_> = self.conditions.iter().filter_map(unsendable).collect();
        if !problems.is_empty() {
            return Err(call.error(Cause::Unsendable(problems)));
        }
        for Query { field, operator, value } in &self.conditions {
            let value = value.as_deref().unwrap_or_default();
            append(&mut call.query, &format!("filter[{field}][{operator}]"), value);
        }
        if let Some((field, descending)) = self.sort {
            append(&mut call.query, "sortOrder[column]", field);
            append(&mut call.query, "sortOrder[dir]", if descending { "DESC" } else { "ASC" });
        }
        append(&mut call.query, "page[limit]", &self.limit.to_string());
        append(&mut call.query, "page[offset]", &self.offset.to_string());
        Ok(call)
    }
}

fn unsendable(query: &Query) -> Option<Problem> {
    let mismatch = query.value.as_ref().err()?;
    Some(Problem::new(format!("filter[{}]", query.field), mismatch.to_string()))
}

fn append(query: &mut String, key: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(&escape(key));
    query.push('=');
    query.push_str(&escape(value));
}
