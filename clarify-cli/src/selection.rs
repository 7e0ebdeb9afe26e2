//! Which records are read, in which order, and which of their fields.

use std::str::FromStr;

use clarify_core::blocking::Iter as _;
use clarify_core::{Attributes, Client, Condition, Error, JsonField, List, Page, RawAttributes};
use clarify_schema::{Object, Operator};

use crate::failure::Failure;
use crate::nearest::nearest;
use crate::output::{Columns, Form};
use crate::workspace;

/// Which records of an object, in which order, and which of their fields.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Selection {
    /// Only records that meet this condition; may be repeated, and all must hold. `field=value`, in
    /// which the value may also be `>5`, `>=5`, `<5`, `<=5`, `!=x`, `*x*`, `x*`, `*x`, `a,b`, `null` or
    /// `!null`; or `field[Operator]=value`, as in `title[Starts with]=VP`; or `field[Is empty]`.
    #[arg(long, value_name = "CONDITION")]
    filter: Vec<Filter>,
    /// Sort by this field, lowest first; `-FIELD` highest first. Without it, in the order of creation.
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Only these fields, divided by commas.
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    fields: Vec<String>,
}

impl Selection {
    /// The fields to show. The workspace is asked for its schema only where that is needed.
    pub(crate) fn columns(
        &self,
        client: &Client,
        object: &str,
        form: Form,
    ) -> Result<Columns, Failure> {
        if self.fields.is_empty() && !form.has_columns() {
            return Ok(Columns::default());
        }
        let object = workspace::object(client, object)?;
        if self.fields.is_empty() {
            return Ok(Columns::of(&object));
        }
        self.fields.iter().try_for_each(|name| check(&object, name))?;
        Ok(Columns::chosen(self.fields.clone()))
    }

    /// The list of these records.
    pub(crate) fn list(
        &self,
        client: &Client,
        object: &str,
    ) -> Result<List<RawAttributes>, Failure> {
        let mut list = workspace::records(client, object)?.list().strict();
        for filter in &self.filter {
            list = list.filter(filter.condition());
        }
        if let Some(sort) = &self.sort {
            list = match sort.strip_prefix('-') {
                Some(field) => list.sort(JsonField::new(field.to_owned()).desc()),
                None => list.sort(JsonField::new(sort.clone()).asc()),
            };
        }
        Ok(if self.fields.is_empty() { list } else { list.fields(&self.fields) })
    }
}

/// The pages of a list. The first one has come, so that nothing is written where there is none.
pub(crate) fn pages(
    list: List<RawAttributes>,
) -> Result<impl Iterator<Item = Result<Page<RawAttributes>, Error>>, Failure> {
    let mut pages = list.pages().iter()?;
    let first = pages.next().transpose()?;
    Ok(first.map(Ok).into_iter().chain(pages))
}

/// The service's own fields are in no schema.
fn check(object: &Object, name: &str) -> Result<(), Failure> {
    match name.starts_with('_') || object.field(name).is_some() {
        true => Ok(()),
        false => Err(workspace::unknown_field(object, name)),
    }
}

/// A condition as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Filter {
    field: String,
    operator: Option<Operator>,
    value: String,
}

impl Filter {
    fn condition(&self) -> Condition<Attributes> {
        let field = JsonField::new(self.field.clone());
        match self.operator {
            Some(operator) if operator.takes_value() => field.when(operator, self.value.as_str()),
            Some(operator) => field.when(operator, "true"),
            None => field.short(self.value.as_str()),
        }
    }
}

impl FromStr for Filter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = "expected `field=value`, `field[Operator]=value` or `field[Is empty]`";
        let (field, rest) = text.split_at(text.find(['[', '=']).ok_or(form)?);
        if field.is_empty() {
            return Err(form.to_owned());
        }
        let (operator, rest) = match rest.strip_prefix('[') {
            Some(rest) => {
                let (name, rest) = rest.split_once(']').ok_or(form)?;
                (Some(operator(name)?), rest)
            }
            None => (None, rest),
        };
        let value = match (rest.strip_prefix('='), operator) {
            (Some(value), _) => value.to_owned(),
            (None, Some(operator)) if rest.is_empty() && !operator.takes_value() => String::new(),
            (None, _) => return Err(form.to_owned()),
        };
        Ok(Self { field: field.to_owned(), operator, value })
    }
}

/// Case does not matter here, though it does to the API.
fn operator(name: &str) -> Result<Operator, String> {
    let known = Operator::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(name));
    known.ok_or_else(|| {
        let names = Operator::ALL.map(Operator::as_str);
        match nearest(name, names) {
            Some(meant) => format!("there is no operator `{name}`; there is `{meant}`"),
            None => format!("there is no operator `{name}`; there are {}", names.join(", ")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(field: &str, operator: Option<Operator>, value: &str) -> Filter {
        Filter { field: field.to_owned(), operator, value: value.to_owned() }
    }

    #[test]
    fn conditions_are_read() {
        for (text, expected) in [
            ("title=VP", filter("title", None, "VP")),
            ("total=>=5", filter("total", None, ">=5")),
            ("a.b=x[y]=z", filter("a.b", None, "x[y]=z")),
            ("title[Starts with]=V=P", filter("title", Some(Operator::StartsWith), "V=P")),
            ("title[is empty]", filter("title", Some(Operator::IsEmpty), "")),
            ("title=", filter("title", None, "")),
        ] {
            assert_eq!(text.parse(), Ok(expected));
        }
    }

    #[test]
    fn what_is_no_condition_says_how_one_looks() {
        for text in ["", "title", "=x", "[Is]=x", "title[Is", "title[Is]", "title[Is]x=y"] {
            assert!(text.parse::<Filter>().unwrap_err().starts_with("expected `field=value`"));
        }
        let error = "title[Begins with]=x".parse::<Filter>().unwrap_err();
        assert!(error.contains("`Begins with`"), "{error}");
        let error = "title[Contain]=x".parse::<Filter>().unwrap_err();
        assert_eq!(error, "there is no operator `Contain`; there is `Contains`");
    }
}
