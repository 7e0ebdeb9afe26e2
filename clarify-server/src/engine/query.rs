//! The parameters of a list: what they are called and what they say.

use super::Fault;
use crate::contract::Terms;

/// How many filters one list takes. More than a few hundred are more than SQLite takes in one query.
pub(crate) const MAX_FILTERS: usize = 100;

/// A parameter of a query, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// A list's parameters, told apart. Those that a list does not know are passed over.
#[derive(Debug, Default)]
pub(super) struct Query<'q> {
    pub(super) filters: Vec<Filter<'q>>,
    pub(super) sort: Option<SortOrder<'q>>,
    pub(super) limit: u64,
    pub(super) offset: u64,
}

/// `filter[field]=value` or `filter[field][operator]=value`.
#[derive(Debug)]
pub(super) struct Filter<'q> {
    /// The whole name, for messages.
    pub(super) parameter: &'q str,
    pub(super) field: &'q str,
    pub(super) operator: Option<&'q str>,
    pub(super) value: &'q str,
}

/// `sortOrder[column]` and `sortOrder[dir]`.
#[derive(Debug, Default)]
pub(super) struct SortOrder<'q> {
    pub(super) column: Option<&'q str>,
    pub(super) descending: bool,
}

/// The parameters, and everything that is wrong with them.
pub(super) fn read<'q>(parameters: &'q [Parameter], contract: &Terms) -> (Query<'q>, Vec<Fault>) {
    let mut query = Query { limit: contract.page_default, ..Query::default() };
    let mut faults = Vec::new();
    for parameter in parameters {
        faults.extend(query.take(parameter, contract).err());
    }
    let has_column = query.sort.as_ref().is_none_or(|sort| sort.column.is_some());
    if !has_column {
        faults.push(Fault::new(400, "`sortOrder[dir]` needs a `sortOrder[column]`"));
    }
    if query.filters.len() > MAX_FILTERS {
        let found = query.filters.len();
        let detail = format!("expected at most {MAX_FILTERS} filters, found {found}");
        faults.push(Fault::new(400, detail));
        query.filters.truncate(MAX_FILTERS);
    }
    (query, faults)
}

impl<'q> Query<'q> {
    /// What is wrong with a query that can do no more than ask for a page.
    pub(super) fn faults_beyond_pages(&self) -> Vec<Fault> {
        let filters = self.filters.iter().map(|filter| filter.parameter);
        let sort = self.sort.iter().map(|_| "sortOrder");
        let fault = |name| Fault::new(400, format!("`{name}` is not a parameter of this list"));
        filters.chain(sort).map(fault).collect()
    }

    fn take(&mut self, parameter: &'q Parameter, contract: &Terms) -> Result<(), Fault> {
        let Parameter { name, value } = parameter;
        let Some((family, keys)) = brackets(name) else { return Ok(()) };
        match (family, keys.as_deref()) {
            ("filter", Some([field])) => self.filter(name, field, None, value),
            ("filter", Some([field, operator])) => self.filter(name, field, Some(operator), value),
            ("page", Some(["limit"])) => self.limit = read_limit(name, value, contract.page_max)?,
            ("page", Some(["offset"])) => self.offset = read_number(name, value)?,
            ("sortOrder", Some(["column"])) => self.sort_by(value),
            ("sortOrder", Some(["dir"])) => self.sort_dir(name, value)?,
            ("filter" | "page" | "sortOrder", _) => {
                return Err(Fault::new(400, format!("`{name}` is not a parameter of a list")));
            }
            _ => {}
        }
        Ok(())
    }

    fn filter(
        &mut self,
        parameter: &'q str,
        field: &'q str,
        operator: Option<&'q str>,
        value: &'q str,
    ) {
        self.filters.push(Filter { parameter, field, operator, value });
    }

    /// A second sort replaces the first, its direction included.
    fn sort_by(&mut self, column: &'q str) {
        let sort = self.sort.get_or_insert_default();
        if sort.column.is_some() {
            sort.descending = false;
        }
        sort.column = Some(column);
    }

    fn sort_dir(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let sort = self.sort.get_or_insert_default();
        sort.descending = match value {
            "ASC" => false,
            "DESC" => true,
            _ => {
                let detail = format!("`{name}`: expected `ASC` or `DESC`, found `{value}`");
                return Err(Fault::new(400, detail));
            }
        };
        Ok(())
    }
}

/// `filter[a][b]` as `filter` and its keys; the keys are none where the brackets do not match. A
/// name without an opening bracket is not one of these.
pub(super) fn brackets(name: &str) -> Option<(&str, Option<Vec<&str>>)> {
    let (family, rest) = name.split_once('[')?;
    let keys = rest.strip_suffix(']').map(|keys| keys.split("][").collect::<Vec<_>>());
    let good = |key: &&str| !key.is_empty() && !key.contains(['[', ']']);
    Some((family, keys.filter(|keys| keys.iter().all(good))))
}

/// How many entries a page is to have, of `max` at most.
pub(super) fn read_limit(name: &str, value: &str, max: u64) -> Result<u64, Fault> {
    match read_number(name, value)? {
        limit if (1..=max).contains(&limit) => Ok(limit),
        limit => Err(Fault::new(
            400,
            format!("`{name}`: expected a number from 1 to {max}, found {limit}"),
        )),
    }
}

fn read_number(name: &str, value: &str) -> Result<u64, Fault> {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse().ok().filter(|_| digits).ok_or_else(|| {
        Fault::new(400, format!("`{name}`: expected a whole number from 0 on, found `{value}`"))
    })
}
