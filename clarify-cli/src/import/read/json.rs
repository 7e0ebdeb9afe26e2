//! The rows of a JSON file.

use std::io::{self, BufRead};

use indexmap::{IndexMap, IndexSet};
use serde_json::value::RawValue;

use super::elements::Elements;
use super::{Cell, Row};

/// Under this name a refused row has its text, where it is no JSON object.
const TEXT: &str = "_text";

/// The rows of a JSON file.
pub(super) struct Objects<R> {
    elements: Elements<R>,
    columns: Vec<String>,
}

type Members = IndexMap<String, Box<RawValue>>;

impl<R: BufRead> Objects<R> {
    pub(super) fn new(text: R, columns: Vec<String>) -> io::Result<Self> {
        Ok(Self { elements: Elements::new(text)?, columns })
    }

    fn row(&self, line: u64, text: &str) -> Row {
        match members(text) {
            Ok(mut members) => {
                let cell = |name: &String| members.swap_remove(name).map_or(Cell::Absent, cell);
                Row { line, cells: self.columns.iter().map(cell).collect(), ..Row::default() }
            }
            Err(fault) => self.unreadable(line, text, fault),
        }
    }

    /// The text stands in a column of its own, so that it is not lost.
    fn unreadable(&self, line: u64, text: &str, fault: String) -> Row {
        let cell = |name: &String| match &**name {
            TEXT => Cell::Text(text.to_owned()),
            _ => Cell::Absent,
        };
        let cells = self.columns.iter().map(cell).collect();
        Row { line, cells, fault: Some(fault), is_rejoined: false }
    }
}

impl<R: BufRead> Iterator for Objects<R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<io::Result<Row>> {
        let element = self.elements.next().transpose()?;
        Some(element.map(|(line, text)| self.row(line, &text)))
    }
}

/// The names that any of the objects have, in the order in which they are seen.
pub(super) fn columns(text: impl BufRead) -> io::Result<Vec<String>> {
    let mut elements = Elements::new(text)?;
    let mut names = IndexSet::new();
    while let Some((_, text)) = elements.next()? {
        match members(&text) {
            Ok(members) => names.extend(members.into_keys()),
            Err(_) => drop(names.insert(TEXT.to_owned())),
        }
    }
    Ok(names.into_iter().collect())
}

/// The members of an object; of a record, as answers and exports have them, its attributes.
fn members(text: &str) -> Result<Members, String> {
    let members: Members =
        serde_json::from_str(text).map_err(|error| format!("it is no JSON object: {error}"))?;
    let of_record = ["type", "id", "attributes", "relationships", "links", "meta"];
    let is_record = members.contains_key("attributes")
        && members.keys().all(|name| of_record.contains(&name.as_str()));
    let attributes = members.get("attributes").filter(|_| is_record);
    match attributes.and_then(|json| serde_json::from_str(json.get()).ok()) {
        Some(attributes) => Ok(attributes),
        None => Ok(members),
    }
}

fn cell(json: Box<RawValue>) -> Cell {
    match json.get() {
        "null" => Cell::Absent,
        text if text.starts_with('"') => match serde_json::from_str(text) {
            Ok(text) => Cell::Text(text),
            Err(_) => Cell::Json(json),
        },
        _ => Cell::Json(json),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<String>, Vec<Row>) {
        let columns = columns(text.as_bytes()).unwrap();
        let objects = Objects::new(text.as_bytes(), columns.clone()).unwrap();
        (columns, objects.map(Result::unwrap).collect())
    }

    #[test]
    fn every_name_is_a_column_and_numbers_keep_their_digits() {
        let (columns, rows) = rows(r#"[{"a":1.10,"b":null},{"c":"x","a":[1]}]"#);
        assert_eq!(columns, ["a", "b", "c"]);
        let shown = |row: &Row| row.cells.iter().map(|c| c.shown().to_owned()).collect::<Vec<_>>();
        assert_eq!(shown(&rows[0]), ["1.10", "", ""]);
        assert_eq!(shown(&rows[1]), ["[1]", "", "x"]);
        assert!(matches!(rows[0].cells[1], Cell::Absent));
    }

    #[test]
    fn of_a_record_the_attributes_count() {
        let (columns, _) = rows(r#"{"id":"com_1","type":"company","attributes":{"name":"CERN"}}"#);
        assert_eq!(columns, ["name"]);
        assert_eq!(rows(r#"{"id":"1","attributes":{"name":"CERN"},"x":1}"#).0.len(), 3);
    }

    #[test]
    fn what_is_no_object_is_refused_and_kept() {
        let (columns, rows) = rows("{\"a\":1}\n{\"a\":\n5\n");
        assert_eq!(columns, ["a", TEXT]);
        assert_eq!(rows[1].line, 2);
        assert!(rows[1].fault.as_deref().unwrap().starts_with("it is no JSON object: EOF"));
        assert_eq!(rows[1].cells[1].shown(), "{\"a\":");
        assert!(rows[2].fault.is_some());
    }
}
