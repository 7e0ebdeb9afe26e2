//! The rows of a JSON file.

use std::io::{self, BufRead};

use indexmap::{IndexMap, IndexSet};
use serde_json::value::RawValue;

use super::distinct::Distinct;
use super::elements::Elements;
use super::{Cell, Place, Row};

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

    fn row(&self, place: Place, text: String) -> Row {
        match members(&text) {
            Ok(mut members) => {
                let cell = |name: &String| members.swap_remove(name).map_or(Cell::Absent, cell);
                Row { place, cells: self.columns.iter().map(cell).collect(), ..Row::default() }
            }
            Err(fault) => Row { place, fault: Some(fault), text: Some(text), ..Row::default() },
        }
    }
}

impl<R: BufRead> Iterator for Objects<R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<io::Result<Row>> {
        let element = self.elements.next().transpose()?;
        Some(element.map(|(place, text)| self.row(place, text)))
    }
}

/// The names that any of the objects have, in the order in which they are seen.
pub(super) fn columns(text: impl BufRead) -> io::Result<Vec<String>> {
    let mut elements = Elements::new(text)?;
    let mut names = IndexSet::new();
    while let Some((_, text)) = elements.next()? {
        names.extend(attributes(&text).into_iter().flat_map(Members::into_keys));
    }
    Ok(names.into_iter().collect())
}

/// The members of an object that has each once.
fn members(text: &str) -> Result<Members, String> {
    let members = attributes(text)?;
    let _: Distinct = serde_json::from_str(text).map_err(|error| plain(&error))?;
    Ok(members)
}

/// The members of an object; of a record, as answers and exports have them, its attributes.
fn attributes(text: &str) -> Result<Members, String> {
    let unreadable = |error: serde_json::Error| format!("it is no JSON object: {}", plain(&error));
    let members: Members = serde_json::from_str(text).map_err(unreadable)?;
    let of_record = ["type", "id", "attributes", "relationships", "links", "meta"];
    let is_record = members.contains_key("attributes")
        && members.keys().all(|name| of_record.contains(&name.as_str()));
    let attributes = members.get("attributes").filter(|_| is_record);
    match attributes.and_then(|json| serde_json::from_str(json.get()).ok()) {
        Some(attributes) => Ok(attributes),
        None => Ok(members),
    }
}

/// What is wrong, without the place: that would be one within the item.
fn plain(error: &serde_json::Error) -> String {
    let error = error.to_string();
    error.split_once(" at line ").map_or(&*error, |(what, _)| what).to_owned()
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
        assert_eq!(columns, ["a"]);
        assert_eq!(rows[1].place, Place::line(2));
        assert!(rows[1].fault.as_deref().unwrap().starts_with("it is no JSON object: EOF"));
        assert_eq!(rows[1].text.as_deref(), Some("{\"a\":"));
        assert!(rows[2].fault.is_some());
    }

    #[test]
    fn a_member_that_is_there_twice_is_refused_wherever_it_stands() {
        for text in [
            r#"{"a":1,"b":2,"a":1}"#,
            r#"{"b":{"c":[{"a":1,"\u0061":2}]}}"#,
            r#"{"id":"x","attributes":{"a":1,"a":2}}"#,
        ] {
            let fault = members(text).unwrap_err();
            assert_eq!(fault, "it has the member `a` twice, and can mean only one of them");
        }
        assert!(members(r#"{"a":{"a":{"a":1e5}},"b":[{"a":1},{"a":null},true,-1,"x"]}"#).is_ok());
    }
}
