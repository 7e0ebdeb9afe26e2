//! What an import is to do, so that another run of it does the same.

use clarify_core::Problem;
use clarify_core::RawAttributes;
use clarify_core::import::Entry;
use clarify_schema::Object;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::link::{Lookup, Wanted};
use super::read::{Cell, Reading, Row};
use super::value::{Shape, date, number};

/// What an import is to do: everything that says what becomes of a row, but for the schema and the
/// records that links lead to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    pub(crate) object: String,
    pub(crate) reading: Reading,
    pub(crate) columns: Vec<Column>,
    /// Words that stand for no value.
    pub(crate) nulls: Vec<String>,
    /// What divides the items of a collection.
    pub(crate) separator: String,
    pub(crate) time_zone: String,
    /// Whether an empty cell clears what a record that is matched has there.
    pub(crate) clears: bool,
}

/// What becomes of the cells of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// Nothing, where it is left out.
    pub(crate) field: Option<String>,
    pub(crate) mark: number::Mark,
    pub(crate) form: date::Form,
    pub(crate) empty_is_false: bool,
    pub(crate) link: Option<Wanted>,
}

impl Plan {
    /// Whether a column goes to this field.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.column(field).is_some()
    }

    /// Whether rows can match on something.
    pub(crate) fn has_unique(&self, object: &Object) -> bool {
        object.unique_field().is_some_and(|unique| self.has(&unique.name))
    }

    fn column(&self, field: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field.as_deref() == Some(field))
    }

    /// All problems in one line, each with its column.
    pub(crate) fn reason<'p>(&self, problems: impl IntoIterator<Item = &'p Problem>) -> String {
        let reasons: Vec<String> = problems.into_iter().map(|one| self.told(one)).collect();
        reasons.join("; ")
    }

    fn told(&self, problem: &Problem) -> String {
        let (told, detail) = pointed(&problem.detail);
        let field = field_of(&problem.pointer).or_else(|| field_of(told)).unwrap_or_default();
        match self.column(field) {
            Some(column) => format!("`{}`: {detail}", column.name),
            None if matches!(field, "" | "data") || detail.contains(&format!("`{field}`")) => {
                detail.to_owned()
            }
            None => format!("`{field}`: {detail}"),
        }
    }
}

/// Services put a pointer before their own text, which means nothing to who has a file.
fn pointed(detail: &str) -> (&str, &str) {
    let pointer = detail.split(' ').next().filter(|word| word.starts_with('/'));
    let pointer = pointer.unwrap_or_default();
    let text = detail.strip_prefix(pointer).unwrap_or(detail);
    (pointer.trim_end_matches(':'), text.trim_start())
}

/// The field that a pointer into a document, or into the attributes alone, leads to.
fn field_of(pointer: &str) -> Option<&str> {
    let within = pointer.split_once("/attributes/").map(|(_, below)| below);
    let alone = pointer.strip_prefix('/').filter(|name| !name.contains('/'));
    within.and_then(|below| below.split('/').next()).or(alone)
}

/// A row on its way into the service.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) row: Row,
    pub(crate) entry: Entry<RawAttributes>,
}

impl AsRef<Entry<RawAttributes>> for Item {
    fn as_ref(&self) -> &Entry<RawAttributes> {
        &self.entry
    }
}

/// Makes records of rows.
#[derive(Clone, Debug)]
pub(crate) struct Converter {
    /// One for each column, unless it is left out.
    shapes: Vec<Option<Shape>>,
    nulls: Vec<String>,
    clears: bool,
    unique: Option<String>,
}

impl Converter {
    /// Makes records as the plan says. Of each link that is named by a field, its records are there.
    pub(crate) fn new(
        plan: &Plan,
        object: &Object,
        zone: &TimeZone,
        lookups: &[(Wanted, Lookup)],
    ) -> Self {
        let shape = |column: &Column| {
            let field = object.field(column.field.as_deref()?)?.clone();
            let lookup = lookups.iter().find(|(wanted, _)| Some(wanted) == column.link.as_ref());
            Some(Shape {
                field,
                mark: column.mark,
                form: column.form.clone(),
                empty_is_false: column.empty_is_false,
                separator: plan.separator.clone(),
                zone: zone.clone(),
                lookup: lookup.map(|(_, lookup)| lookup.clone()),
            })
        };
        Self {
            shapes: plan.columns.iter().map(shape).collect(),
            nulls: plan.nulls.clone(),
            clears: plan.clears,
            unique: object.unique_field().map(|field| field.name.to_string()),
        }
    }

    /// The record of a row: to be upserted, if it has a value in the unique field, else to be
    /// created; or all that is wrong with it.
    pub(crate) fn item(&self, row: Row) -> Item {
        let entry = match &row.fault {
            Some(fault) => Entry::Refused(vec![Problem::of_field("", fault.clone())]),
            None => self.entry(&row.cells),
        };
        Item { row, entry }
    }

    fn entry(&self, cells: &[Cell]) -> Entry<RawAttributes> {
        let (mut attributes, mut problems) = (RawAttributes::default(), Vec::new());
        let mut is_empty = true;
        for (shape, cell) in self.shapes.iter().zip(cells) {
            let Some(shape) = shape else { continue };
            is_empty &= self.is_nothing(cell);
            match self.value(shape, cell) {
                Ok(Some(json)) => attributes.set(shape.field.name.to_string(), json),
                Ok(None) => {}
                Err(detail) => problems.push(Problem::of_field(&shape.field.name, detail)),
            }
        }
        if problems.is_empty() && is_empty {
            problems.push(Problem::of_field("", "no column that is imported has a value"));
        }
        let has_key = self.unique.as_deref().is_some_and(|unique| {
            attributes.json(unique).is_some_and(|json| !matches!(json, "null" | r#"{"items":[]}"#))
        });
        match (problems.is_empty(), has_key) {
            (false, _) => Entry::Refused(problems),
            (true, true) => Entry::Upsert(attributes),
            (true, false) => Entry::Create(attributes),
        }
    }

    fn value(&self, shape: &Shape, cell: &Cell) -> Result<Option<Box<RawValue>>, String> {
        if !self.is_nothing(cell) {
            return shape.value(cell);
        }
        let is_unique = shape.field.unique;
        let cleared = || RawValue::from_string("null".to_owned()).ok();
        Ok(shape.nothing().or_else(|| cleared().filter(|_| self.clears && !is_unique)))
    }

    fn is_nothing(&self, cell: &Cell) -> bool {
        let text = cell.shown();
        text.trim().is_empty() || self.nulls.iter().any(|word| word == text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reason_names_the_column_or_the_field_and_no_place_in_a_document() {
        let reading = Reading { encoding: "UTF-8".to_owned(), layout: None };
        let field = Some("category".to_owned());
        let column = Column { name: "Kind".to_owned(), field, ..Column::default() };
        let plan = Plan {
            object: "c_product".to_owned(),
            reading,
            columns: vec![column],
            nulls: Vec::new(),
            separator: ";".to_owned(),
            time_zone: "UTC".to_owned(),
            clears: false,
        };
        for (pointer, detail, told) in [
            ("/category", "is no option", "`Kind`: is no option"),
            ("/data/3/attributes/category", "is no option", "`Kind`: is no option"),
            ("/data/attributes/category", "/data/attributes/category: no", "`Kind`: no"),
            ("", "/data/attributes/category must be one of them", "`Kind`: must be one of them"),
            ("/data/attributes/size/items/0", "too long", "`size`: too long"),
            ("/data/attributes/size", "`size` is required", "`size` is required"),
            ("/data/attributes", "/data/attributes must be an object", "must be an object"),
            ("/data", "wrong", "wrong"),
            ("", "it is no row", "it is no row"),
        ] {
            let problem = json!({ "pointer": pointer, "detail": detail, "status": null });
            let problem: Problem = serde_json::from_value(problem).unwrap();
            assert_eq!(plan.reason([&problem]), told);
        }
    }
}
