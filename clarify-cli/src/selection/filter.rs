//! A condition of `--filter`, as it is written.

use std::str::FromStr;

use clarify_core::{Attributes, Condition, JsonField};
use clarify_schema::{Field, Operator, nearest};

use crate::failure::Failure;

/// A condition as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) field: String,
    operator: Option<Operator>,
    value: String,
}

impl Filter {
    /// The condition on a field, which is not known where the workspace's schema does not tell.
    pub(super) fn condition(
        &self,
        field: Option<&Field>,
    ) -> Result<Condition<Attributes>, Failure> {
        let asked = JsonField::new(self.field.clone());
        Ok(match self.operator {
            Some(operator) if operator.takes_value() => asked.when(operator, self.value.as_str()),
            Some(operator) => asked.when(operator, "true"),
            None if field.is_some_and(|field| field.kind.is_collection()) => {
                let (operator, value) = self.of_items()?;
                asked.when(operator, value)
            }
            None => asked.short(self.value.as_str()),
        })
    }

    /// What the value means for a collection, of which whole items are compared.
    fn of_items(&self) -> Result<(Operator, &str), Failure> {
        let value = self.value.as_str();
        let within = value.strip_prefix('*').and_then(|rest| rest.strip_suffix('*'));
        Ok(match (value, within.filter(|within| !within.is_empty())) {
            ("null", _) => (Operator::IsEmpty, "true"),
            ("!null", _) => (Operator::IsNotEmpty, "true"),
            (_, Some(within)) => (Operator::Contains, within),
            _ if value.starts_with('*') || value.ends_with('*') => return Err(self.no_part()),
            _ => match value.strip_prefix("!=") {
                Some(item) => (Operator::DoesNotContain, item),
                None => (Operator::Contains, value.strip_prefix('=').unwrap_or(value)),
            },
        })
    }

    fn no_part(&self) -> Failure {
        let Self { field, value, .. } = self;
        Failure::usage(format!(
            "`{field}={value}`: an item of a collection is compared as a whole, and not by its part"
        ))
        .hint(format!(
            "`{field}=x` finds the item `x`; `{field}[Contains]={value}` one with a star"
        ))
    }

    /// What may not have been meant, where nothing is found.
    pub(super) fn doubt(&self, field: &Field) -> Option<String> {
        let Self { field: name, operator, value } = self;
        if operator.is_none() && value.contains(',') && !field.kind.allows(Operator::OneOf) {
            return Some(format!(
                "`{value}` is one value of `{name}`, with a comma in it: `a,b` is one of several \
                 for a select alone"
            ));
        }
        let takes_items = field.kind.is_collection() && !matches!(&**value, "null" | "!null");
        (takes_items && operator.is_none_or(Operator::takes_value))
            .then(|| format!("an item of `{name}` is compared as a whole, and not by its part"))
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
    fn whole_items_of_collections_are_meant() {
        use Operator::*;
        for (value, expected) in [
            ("a.ch", (Contains, "a.ch")),
            ("=*a", (Contains, "*a")),
            ("*a.ch*", (Contains, "a.ch")),
            ("!=a.ch", (DoesNotContain, "a.ch")),
            ("null", (IsEmpty, "true")),
            ("!null", (IsNotEmpty, "true")),
        ] {
            assert_eq!(filter("domains", None, value).of_items().unwrap(), expected);
        }
        for value in ["a*", "*.ch", "**", "*"] {
            assert!(filter("domains", None, value).of_items().is_err(), "{value}");
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
