//! Links by any field that names exactly one record of another object.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

use clarify_attributes::item_key;
use clarify_core::Client;
use clarify_schema::{Decimal, Object};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::{Exit, Failure};
use crate::workspace::{unknown_field, unknown_object};

/// `company_id=company.customer_code`: the link `company_id` is named by that field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wanted {
    pub(crate) field: String,
    pub(crate) object: String,
    pub(crate) by: String,
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = || {
            let (field, target) = text.split_once('=')?;
            let (object, by) = target.split_once('.')?;
            let parts = [field, object, by].map(|part| part.trim().to_owned());
            parts.iter().all(|part| !part.is_empty()).then_some(parts)
        };
        let [field, object, by] = parts()
            .ok_or("expected `FIELD=OBJECT.FIELD`, as `company_id=company.customer_code`")?;
        Ok(Self { field, object, by })
    }
}

/// The records of an object by the values of one field.
#[derive(Clone, Debug)]
pub(crate) struct Lookup(Arc<Table>);

#[derive(Debug)]
struct Table {
    object: String,
    by: String,
    /// Collections are compared without regard to case, and all else exactly.
    is_folded: bool,
    records: HashMap<String, Found>,
}

#[derive(Debug)]
enum Found {
    One(String),
    Several(u64),
}

impl Lookup {
    /// Reads the field of all records, once.
    pub(crate) async fn read(
        client: &Client,
        objects: &[Object],
        wanted: &Wanted,
    ) -> Result<Self, Failure> {
        let Wanted { object, by, .. } = wanted;
        let found = objects.iter().find(|known| known.name == *object);
        let found = found.ok_or_else(|| unknown_object(objects, object).exit(Exit::Usage))?;
        let field = found.field(by).ok_or_else(|| unknown_field(found, by))?;
        let mut table = Table {
            object: object.clone(),
            by: by.clone(),
            is_folded: field.kind.is_collection(),
            records: HashMap::new(),
        };
        let list = client.dynamic(object)?.raw().list().fields([by]);
        let mut records = list.records();
        while let Some(record) = records.next().await {
            let record = record?;
            let values = record.attributes.json(by).map(values).unwrap_or_default();
            values.iter().for_each(|value| table.add(value, record.id.as_str()));
        }
        Ok(Self(Arc::new(table)))
    }

    /// The id of the one record that is named so.
    pub(crate) fn find(&self, text: &str) -> Result<String, String> {
        let Table { object, by, records, .. } = &*self.0;
        match records.get(&self.0.key(text)) {
            Some(Found::One(id)) => Ok(id.clone()),
            Some(Found::Several(count)) => {
                Err(format!("`{text}` names {count} records of `{object}` by `{by}`"))
            }
            None => Err(format!("`{text}` names no record of `{object}` by `{by}`")),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.records.len()
    }
}

impl Table {
    fn key(&self, value: &str) -> String {
        let value = value.trim();
        match value.parse::<Decimal>() {
            _ if self.is_folded => item_key(value),
            // `12.0` names what `12` names; a code such as `007` is none of both.
            Ok(number) => number.to_string(),
            Err(_) => value.to_owned(),
        }
    }

    fn add(&mut self, value: &str, id: &str) {
        use std::collections::hash_map::Entry;

        match self.records.entry(self.key(value)) {
            Entry::Vacant(place) => drop(place.insert(Found::One(id.to_owned()))),
            Entry::Occupied(mut place) => match place.get_mut() {
                Found::One(known) if known == id => {}
                Found::One(_) => drop(place.insert(Found::Several(2))),
                Found::Several(count) => *count += 1,
            },
        }
    }
}

/// The texts that a value can be named by: itself, each item of a collection, a person's full name.
pub(crate) fn values(json: &str) -> Vec<String> {
    match serde_json::from_str(json) {
        Ok(Value::String(text)) => vec![text],
        Ok(Value::Number(_) | Value::Bool(_)) => vec![json.to_owned()],
        Ok(Value::Object(members)) => match (members.get("items"), members.get("full_name")) {
            (Some(Value::Array(items)), _) => {
                items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            (_, Some(Value::String(name))) => vec![name.clone()],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_its_field_and_what_names_it() {
        let wanted: Wanted = "company_id=company.customer_code".parse().unwrap();
        let Wanted { field, object, by } = &wanted;
        assert_eq!((&**field, &**object, &**by), ("company_id", "company", "customer_code"));
        for text in ["company_id", "company_id=company", "=company.code", "a=.b"] {
            assert!(
                text.parse::<Wanted>().unwrap_err().contains("company.customer_code"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_value_must_name_exactly_one_record() {
        let (object, by) = ("company".to_owned(), "code".to_owned());
        let mut table = Table { object, by, is_folded: false, records: HashMap::new() };
        for (value, id) in [("A", "1"), ("B", "2"), ("B", "3"), ("12.0", "4")] {
            table.add(value, id);
        }
        let lookup = Lookup(Arc::new(table));
        assert_eq!(lookup.find(" A"), Ok("1".to_owned()));
        assert_eq!(lookup.find("12"), Ok("4".to_owned()));
        assert_eq!(lookup.find("a").unwrap_err(), "`a` names no record of `company` by `code`");
        assert_eq!(lookup.find("B").unwrap_err(), "`B` names 2 records of `company` by `code`");
    }
}
