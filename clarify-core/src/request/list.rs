//! What a list asks for.

use std::fmt;
use std::marker::PhantomData;

use clarify_schema::Text;
use http::Method;

use super::Call;
use super::endpoint::escape;
use crate::condition::Query;
use crate::error::{Cause, Problem};
use crate::object::ObjectRef;
use crate::{ClarifyObject, ConditionOn, Error, SortOn};

/// The page size that is asked for where nothing else is said: valid under every contract.
pub const PAGE_SIZE: u64 = 500;

const RESOURCES: &str = "/objects/{object}/resources";

/// What a list of `T` asks for: filters, a sort, a page, and which fields are to come.
pub struct ListQuery<T> {
    conditions: Vec<Query>,
    sort: Option<(Text, bool)>,
    fields: Option<String>,
    limit: u64,
    offset: u64,
    object: PhantomData<fn() -> T>,
}

impl<T> ListQuery<T> {
    /// All records, in the order of their creation.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conditions: Vec::new(),
            sort: None,
            fields: None,
            limit: PAGE_SIZE,
            offset: 0,
            object: PhantomData,
        }
    }

    /// Adds a condition. All conditions must hold.
    pub fn filter(&mut self, condition: impl ConditionOn<T>) {
        self.conditions.extend(condition.into_condition().queries);
    }

    /// Sorts, in place of any sort before.
    pub fn sort(&mut self, sort: impl SortOn<T>) {
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

    /// Asks for the fields of the struct, and the times of the record, alone.
    pub fn own_fields(&mut self)
    where
        T: ClarifyObject,
    {
        let own = T::FIELDS.iter().map(|field| &*field.name);
        self.fields(own.chain(["_created_at", "_updated_at"]));
    }

    /// Asks for these fields alone.
    pub fn fields<N: AsRef<str>>(&mut self, names: impl IntoIterator<Item = N>) {
        let names: Vec<N> = names.into_iter().collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        self.fields = Some(names.join(","));
    }

    pub(crate) const fn offset_is(&self) -> u64 {
        self.offset
    }
}

/// The call for a page.
pub(super) fn call<T>(object: &ObjectRef, query: &ListQuery<T>) -> Result<Call, Error> {
    let path = format!("/objects/{}/resources", object.name);
    let mut call = Call::new(Method::GET, path, RESOURCES, object.name());
    let problems: Vec<_> = query.conditions.iter().filter_map(unsendable).collect();
    if !problems.is_empty() {
        return Err(call.error(Cause::Unsendable(problems)));
    }
    for Query { field, operator, value } in &query.conditions {
        let value = value.as_deref().unwrap_or_default();
        let operator = operator.map(|operator| format!("[{operator}]")).unwrap_or_default();
        append(&mut call.query, &format!("filter[{field}]{operator}"), value);
    }
    if let Some((field, descending)) = &query.sort {
        append(&mut call.query, "sortOrder[column]", field);
        append(&mut call.query, "sortOrder[dir]", if *descending { "DESC" } else { "ASC" });
    }
    if let Some(fields) = &query.fields {
        append(&mut call.query, &format!("fields[{}]", object.name), fields);
    }
    append(&mut call.query, "page[limit]", &query.limit.to_string());
    append(&mut call.query, "page[offset]", &query.offset.to_string());
    Ok(call)
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

impl<T> Default for ListQuery<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for ListQuery<T> {
    fn clone(&self) -> Self {
        let Self { conditions, sort, fields, limit, offset, object } = self;
        Self {
            conditions: conditions.clone(),
            sort: sort.clone(),
            fields: fields.clone(),
            limit: *limit,
            offset: *offset,
            object: *object,
        }
    }
}

impl<T> fmt::Debug for ListQuery<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { conditions, sort, fields, limit, offset, object: _ } = self;
        f.debug_struct("ListQuery")
            .field("conditions", conditions)
            .field("sort", sort)
            .field("fields", fields)
            .field("limit", limit)
            .field("offset", offset)
            .finish()
    }
}
