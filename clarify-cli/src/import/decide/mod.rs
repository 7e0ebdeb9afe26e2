//! What is decided about an import before it begins: where columns go, and how their cells are read.

mod doubt;

use clarify_schema::{Field, Kind, Object};

use doubt::Doubt;

use super::Arguments;
use super::link::Wanted;
use super::mapping::{Mapping, Target};
use super::plan::{Column, Plan};
use super::read::Source;
use super::survey::{Seen, Survey};
use super::value::date::Form;
use super::value::number::Mark;
use crate::failure::Failure;
use crate::workspace::unknown_field;

/// What the file of a mapping says, and what flags say in place of it.
pub(super) fn mapping(arguments: &Arguments, object: &Object) -> Result<Mapping, Failure> {
    let file = arguments.mapping.mapping.as_deref();
    let mut mapping = file.map(Mapping::read).transpose()?.unwrap_or_default();
    if let Some(other) = mapping.object.as_ref().filter(|name| **name != object.name) {
        return Err(Failure::usage(format!("the mapping is for `{other}`, not `{}`", object.name)));
    }
    for said in &arguments.mapping.map {
        mapping.add(said)?;
    }
    for Wanted { field, object, by } in &arguments.mapping.link {
        mapping.links.insert(field.clone(), format!("{object}.{by}"));
    }
    check_links(&mapping, object)?;
    check_forms(&mapping, arguments, object)?;
    Ok(mapping)
}

/// What is said of dates and numbers is said of fields that there are.
fn check_forms(mapping: &Mapping, arguments: &Arguments, object: &Object) -> Result<(), Failure> {
    let dates = arguments.values.date_format.iter().filter_map(|(field, _)| field.as_ref());
    let numbers = arguments.values.decimal.iter().filter_map(|(field, _)| field.as_ref());
    let mut said = dates.chain(numbers).chain(mapping.dates.keys()).chain(mapping.decimals.keys());
    match said.find(|field| object.field(field).is_none()) {
        Some(unknown) => Err(unknown_field(object, unknown)),
        None => Ok(()),
    }
}

fn check_links(mapping: &Mapping, object: &Object) -> Result<(), Failure> {
    for Wanted { field, object: leads_to, .. } in mapping.links()? {
        let known = object.field(&field);
        let known = known.ok_or_else(|| unknown_field(object, &field))?;
        let wrong = |why: String| Err(Failure::usage(format!("`--link {field}=…`: {why}")));
        if known.kind != Kind::ToOne {
            return wrong(format!("`{field}` is no link to one record"));
        }
        if let Some(target) = known.target.as_ref().filter(|target| **target != leads_to) {
            return wrong(format!("`{field}` leads to `{target}`, not `{leads_to}`"));
        }
    }
    Ok(())
}

pub(super) fn plan(
    arguments: &Arguments,
    mapping: &Mapping,
    source: &Source,
    (object, objects): (&Object, &[Object]),
    targets: &[Target],
    survey: &Survey,
) -> Result<Plan, Failure> {
    let links = mapping.links()?;
    let (mut columns, mut doubts) = (Vec::new(), Vec::new());
    for ((name, target), seen) in source.columns.iter().zip(targets).zip(&survey.columns) {
        let decided = column(arguments, mapping, name, target, seen, &links);
        let decided = decided.and_then(|column| check_ids(column, target, seen, objects));
        match decided {
            Ok(column) => columns.push(column),
            Err(doubt) => doubts.push(doubt),
        }
    }
    if let Some(failure) = doubt::failure(&doubts) {
        return Err(failure);
    }
    let given = &arguments.values.null;
    Ok(Plan {
        object: object.name.to_string(),
        reading: source.reading.clone(),
        columns,
        nulls: if given.is_empty() { survey.nulls() } else { given.clone() },
        separator: arguments.values.separator.clone(),
        time_zone: arguments.values.time_zone.clone(),
        clears: arguments.values.clear_empty,
    })
}

fn column(
    arguments: &Arguments,
    mapping: &Mapping,
    name: &str,
    target: &Target,
    seen: &Seen,
    links: &[Wanted],
) -> Result<Column, Doubt> {
    let mut column = Column { name: name.to_owned(), ..Column::default() };
    let Target::Field(field) = target else { return Ok(column) };
    column.field = Some(field.name.to_string());
    column.link = links.iter().find(|link| link.field == field.name).cloned();
    match field.kind {
        Kind::Number | Kind::Currency => column.mark = mark(arguments, mapping, name, field, seen)?,
        Kind::Date | Kind::DateTime => column.form = form(arguments, mapping, name, field, seen)?,
        Kind::Checkbox => column.empty_is_false = seen.is_ticked(),
        _ => {}
    }
    Ok(column)
}

/// A link without a single id is named by a field that nobody has said.
fn check_ids(
    column: Column,
    target: &Target,
    seen: &Seen,
    objects: &[Object],
) -> Result<Column, Doubt> {
    match (target, &seen.sample) {
        (Target::Field(field), Some(sample))
            if field.kind == Kind::ToOne && column.link.is_none() && seen.ids == 0 =>
        {
            Err(Doubt::of_link(&column.name, sample, field, objects))
        }
        _ => Ok(column),
    }
}

/// The decimal mark of a column: what is said, else what its numbers say.
fn mark(
    arguments: &Arguments,
    mapping: &Mapping,
    column: &str,
    field: &Field,
    seen: &Seen,
) -> Result<Mark, Doubt> {
    let said = of_field(&arguments.values.decimal, &field.name).copied();
    let said = said.or_else(|| mapping.decimals.get(&*field.name).copied());
    said.map_or_else(|| seen.numbers.mark(), Ok).map_err(|number| {
        let how = format!("--decimal {}=point", field.name);
        Doubt::of_value(column, &number, "a thousand or a fraction", how)
    })
}

/// The form of a column's dates: what is said, else what they say themselves.
fn form(
    arguments: &Arguments,
    mapping: &Mapping,
    column: &str,
    field: &Field,
    seen: &Seen,
) -> Result<Form, Doubt> {
    let said = of_field(&arguments.values.date_format, &field.name);
    let said = said.or_else(|| mapping.dates.get(&*field.name));
    said.map_or_else(|| seen.dates.form(), |form| Ok(Form::given(form))).map_err(|day| {
        let how = format!("--date-format {}=DD/MM/YYYY", field.name);
        Doubt::of_value(column, &day, "a day in either of two months", how)
    })
}

/// What is said of a field; else, what is said of all.
fn of_field<'s, V>(said: &'s [(Option<String>, V)], field: &str) -> Option<&'s V> {
    let own = said.iter().find(|(name, _)| name.as_deref() == Some(field));
    own.or_else(|| said.iter().find(|(name, _)| name.is_none())).map(|(_, value)| value)
}
