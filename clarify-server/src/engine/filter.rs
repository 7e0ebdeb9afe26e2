//! Filters, checked against the object's fields and made into conditions; and what to sort by.

use clarify_attributes::{date_time_microseconds, item_key};
use clarify_schema::{Decimal, DecimalError, Field, Kind, Object, Operator};

use super::paths::Path;
use super::query::{Filter, SortOrder};
use super::relations::links_of;
use super::{Fault, Served, short_form};
use crate::contract::Terms;
use crate::store::{Column, Condition, LinkField, Order, Sort, Test};

/// What a filter names: a field of the object, its id, or one of the system's times.
struct Subject<'o> {
    field: Option<&'o Field>,
    kind: Kind,
    column: Column,
    /// Where it is a to-one link, that.
    links: Option<LinkField>,
}

/// The condition of a filter whose field, after the path to it, is one of this object's.
pub(super) fn condition(
    served: &Served,
    path: Path<'_>,
    filter: &Filter<'_>,
    contract: &Terms,
) -> Result<Condition, Fault> {
    let parameter = filter.parameter;
    let subject = subject(served, path.field, contract)
        .map_err(|detail| Fault::new(400, format!("`{parameter}`: {detail}")))?;
    let (operator, value) = operator(&subject, filter)?;
    let (column, test) = test(&subject, operator, value)
        .map_err(|expected| bad_value(parameter, expected, value))?;
    Ok(Condition { path: path.hops, column, test, negated: is_negated(operator) })
}

fn bad_value(parameter: &str, expected: &str, value: &str) -> Fault {
    Fault::new(400, format!("`{parameter}`: expected {expected}, found `{value}`"))
}

pub(super) fn sort(
    served: &Served,
    order: &SortOrder<'_>,
    contract: &Terms,
) -> Result<Sort, Fault> {
    let name = order.column.unwrap_or_default();
    let refused = |detail| Fault::new(400, format!("`sortOrder[column]`: {detail}"));
    let Subject { column, .. } = subject(served, name, contract).map_err(refused)?;
    if matches!(column, Column::Json(_)) {
        return Err(refused(format!("`{}` can't be sorted by `{name}`", served.object.name)));
    }
    Ok(Sort { column, descending: order.descending })
}

fn subject<'o>(served: &'o Served, name: &str, contract: &Terms) -> Result<Subject<'o>, String> {
    let subject = |kind, column| Ok(Subject { field: None, kind, column, links: None });
    let time = |column| subject(Kind::DateTime, column);
    let object = &served.object;
    match name {
        // Compared as a link to the record is.
        "id" | "_id" => subject(Kind::ToOne, Column::Id),
        "_created_at" => time(Column::CreatedAt(contract.time_step())),
        "_updated_at" => time(Column::UpdatedAt(contract.time_step())),
        _ => match object.field(name) {
            Some(field) => {
                let links = (field.kind == Kind::ToOne).then(|| links_of(served, name));
                Ok(Subject { field: Some(field), kind: field.kind, column: column(field), links })
            }
            None => Err(no_field(object, name)),
        },
    }
}

fn no_field(object: &Object, name: &str) -> String {
    match object.nearest_field_name(name) {
        Some(field) => format!("`{}` has no field `{name}`: did you mean `{field}`?", object.name),
        None => format!("`{}` has no field `{name}`", object.name),
    }
}

fn column(field: &Field) -> Column {
    let name = field.name.to_string();
    match field.kind {
        Kind::Text | Kind::LongText | Kind::PersonName | Kind::Select | Kind::ToOne => {
            Column::Text(name)
        }
        Kind::Number | Kind::Currency => Column::Number(name),
        Kind::Date => Column::Date(name),
        Kind::DateTime => Column::DateTime(name),
        Kind::Checkbox => Column::Checkbox(name),
        kind if kind.is_collection() => Column::Items(name),
        _ => Column::Json(name),
    }
}

fn operator<'f>(subject: &Subject<'_>, filter: &Filter<'f>) -> Result<(Operator, &'f str), Fault> {
    let Filter { parameter, field, value, .. } = filter;
    let (operator, value) = match filter.operator {
        None => short_form::read(subject.kind, subject.field, value),
        Some(name) => match Operator::parse(name) {
            Some(operator) => (operator, *value),
            None => {
                let detail = format!("`{parameter}`: there is no operator `{name}`");
                return Err(Fault::new(400, detail));
            }
        },
    };
    if subject.kind.allows(operator) {
        return Ok((operator, value));
    }
    let allowed: Vec<_> = subject.kind.operators().iter().map(|op| op.as_str()).collect();
    let allowed = allowed.join("`, `");
    let detail =
        format!("`{parameter}`: `{field}` does not allow `{operator}`; it allows `{allowed}`");
    Err(Fault::new(400, detail))
}

/// Whether the operator is met by everything that its test is not, records without a value
/// included.
fn is_negated(operator: Operator) -> bool {
    use Operator::*;
    matches!(operator, IsNot | DoesNotContain | NotOneOf | IsNotSet | IsEmpty)
}

/// A test, or what the value should be.
type Tested = Result<(Column, Test), &'static str>;

/// How many options `One of` takes. More are more than SQLite takes in one query.
const MAX_OPTIONS: usize = 1000;

/// The test of an operator that the kind allows, before it is negated; or what its value should be.
fn test(subject: &Subject<'_>, operator: Operator, value: &str) -> Tested {
    use Operator::*;
    let column = subject.column.clone();
    let test = match operator {
        IsEmpty | IsNotEmpty => Test::Present,
        IsSet | IsNotSet => Test::Number(Order::Equal, 1),
        OneOf | NotOneOf if value.split(',').nth(MAX_OPTIONS).is_some() => {
            return Err("at most 1000 options");
        }
        OneOf | NotOneOf => Test::OneOf(value.split(',').map(str::to_owned).collect()),
        Contains | DoesNotContain if subject.kind.is_collection() => item_test(subject, value),
        Contains | DoesNotContain => Test::Contains(item_key(value)),
        StartsWith => Test::StartsWith(item_key(value)),
        EndsWith => Test::EndsWith(item_key(value)),
        Is | IsNot => return equality(subject, value),
        GreaterThan | IsAfter => comparison(subject.kind, Order::Greater, value)?,
        GreaterThanOrEqual | IsOnOrAfter => comparison(subject.kind, Order::GreaterOrEqual, value)?,
        LessThan | IsBefore => comparison(subject.kind, Order::Less, value)?,
        LessThanOrEqual | IsOnOrBefore => comparison(subject.kind, Order::LessOrEqual, value)?,
        _ => return Err("an operator that is known"),
    };
    Ok((column, test))
}

fn item_test(subject: &Subject<'_>, value: &str) -> Test {
    let key = item_key(value);
    if is_unique(subject) { Test::HasUniqueKey(key) } else { Test::HasItem(key) }
}

fn is_unique(subject: &Subject<'_>) -> bool {
    subject.field.is_some_and(|field| field.unique)
}

fn equality(subject: &Subject<'_>, value: &str) -> Tested {
    let column = subject.column.clone();
    let Column::Text(name) = &column else {
        return Ok((column, comparison(subject.kind, Order::Equal, value)?));
    };
    if value.is_empty() {
        // As a value, an empty text counts as none; as what is kept, it is still there.
        return Ok((Column::Json(name.clone()), Test::Text(Order::Equal, "\"\"".to_owned())));
    }
    let value = value.to_owned();
    let test = match &subject.links {
        Some(links) => Test::LinksTo(links.clone(), value),
        None if is_unique(subject) => Test::HasUniqueKey(value),
        None => Test::Text(Order::Equal, value),
    };
    Ok((column, test))
}

fn comparison(kind: Kind, order: Order, value: &str) -> Result<Test, &'static str> {
    match kind {
        Kind::Number | Kind::Currency => {
            let number: Decimal = value.parse().map_err(|error| match error {
                DecimalError::Syntax => "a number",
                _ => "a number with at most 12 digits before the point and 4 after it",
            })?;
            Ok(Test::Number(order, number.ten_thousandths()))
        }
        Kind::Date => Ok(Test::Text(order, read_date(value).ok_or("a date as `YYYY-MM-DD`")?)),
        Kind::DateTime => {
            let moment = read_moment(value).ok_or("a date-time, or a date as `YYYY-MM-DD`")?;
            Ok(Test::Number(order, moment))
        }
        Kind::Checkbox => match value {
            "true" => Ok(Test::Number(order, 1)),
            "false" => Ok(Test::Number(order, 0)),
            _ => Err("`true` or `false`"),
        },
        _ => Ok(Test::Text(order, value.to_owned())),
    }
}

fn read_date(value: &str) -> Option<String> {
    let date: jiff::civil::Date = value.parse().ok().filter(|_| value.len() == 10)?;
    Some(date.to_string())
}

/// In microseconds since the epoch; a bare date is its start in UTC.
fn read_moment(value: &str) -> Option<i64> {
    let text = match read_date(value) {
        Some(date) => format!("{date}T00:00:00Z"),
        None => value.to_owned(),
    };
    let lenient = || text.parse().ok().map(jiff::Timestamp::as_microsecond);
    date_time_microseconds(&text).or_else(lenient)
}
