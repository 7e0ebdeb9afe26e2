//! What becomes of the rows, followed in their order without sending any.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};

use clarify_attributes::{Write, item_key, validate};
use clarify_core::import::Entry;
use clarify_core::{Client, Problem, RawAttributes};
use clarify_schema::{Decimal, Kind, Object};
use serde_json::value::RawValue;

use super::link::values;
use super::read::Place;
use crate::failure::Failure;

/// More records than these are not read but for a dry run.
const MOST_READ: u64 = 50_000;

/// What would become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Created,
    /// It is written into a record that is there: that of this row, or one from before.
    Matched {
        row: Option<Place>,
        by: String,
    },
    Refused(Vec<Problem>),
}

/// The unique values of an object's records, as they change from row to row. Of each value it holds
/// sixteen bytes, and of each record the row that it came from.
pub(crate) struct Ledger<'o> {
    object: &'o Object,
    kind: Option<Kind>,
    holders: HashMap<Key, usize>,
    records: Vec<Record>,
    hashers: (RandomState, RandomState),
    /// Values that a row has taken from a record.
    given_up: HashSet<Key>,
    /// Values of rows that were refused since they belong to several records.
    in_vain: HashSet<Key>,
    /// Whether a row takes a value, or could, that another gives up, so that their order counts.
    pub(crate) order_counts: bool,
}

struct Record {
    row: Option<Place>,
    keys: Vec<Key>,
}

/// Of a value: two of a hundred million are taken for one with a chance of one in 10^22.
type Key = (u64, u64);

impl<'o> Ledger<'o> {
    pub(crate) fn new(object: &'o Object) -> Self {
        Self {
            object,
            kind: object.unique_field().map(|field| field.kind),
            holders: HashMap::new(),
            records: Vec::new(),
            hashers: Default::default(),
            given_up: HashSet::new(),
            in_vain: HashSet::new(),
            order_counts: false,
        }
    }

    /// Takes them where it matters in which order rows come to them, and they are not too many: a
    /// collection's values may lead several rows to one record.
    pub(crate) async fn read_if_order_may_count(&mut self, client: &Client) -> Result<(), Failure> {
        if !self.kind.is_some_and(Kind::is_collection) {
            return Ok(());
        }
        let records = client.dynamic_object(self.object.clone()).raw();
        let total = records.list().limit(1).await?.total;
        let are_few = total.is_some_and(|total| (1..=MOST_READ).contains(&total));
        if are_few { self.read(client).await } else { Ok(()) }
    }

    /// Takes the unique values of all records that the service has.
    pub(crate) async fn read(&mut self, client: &Client) -> Result<(), Failure> {
        let Some(unique) = self.object.unique_field() else { return Ok(()) };
        let records = client.dynamic_object(self.object.clone()).raw();
        let mut records = records.list().fields([&unique.name]).records();
        while let Some(record) = records.next().await {
            let record = record?;
            let keys = self.keys(record.attributes.json(&unique.name));
            let keys: Vec<Key> = keys.into_iter().map(|(_, key)| key).collect();
            self.insert(None, keys);
        }
        Ok(())
    }

    /// What becomes of a row.
    pub(crate) fn follow(&mut self, row: Place, entry: &Entry<RawAttributes>) -> Fate {
        match entry {
            Entry::Upsert(attributes) => self.upsert(row, attributes),
            Entry::Create(attributes) => match self.problems(attributes, Write::Create) {
                problems if problems.is_empty() => Fate::Created,
                problems => Fate::Refused(problems),
            },
            Entry::Refused(problems) => Fate::Refused(problems.clone()),
            _ => Fate::Refused(Vec::new()),
        }
    }

    fn upsert(&mut self, row: Place, attributes: &RawAttributes) -> Fate {
        let unique = self.object.unique_field().map(|field| &*field.name).unwrap_or_default();
        let keys = self.keys(attributes.json(unique));
        let mut holders: Vec<usize> =
            keys.iter().filter_map(|(_, key)| self.holders.get(key).copied()).collect();
        holders.sort_unstable();
        holders.dedup();
        let write = if holders.is_empty() { Write::Create } else { Write::Update };
        let problems = self.problems(attributes, write);
        if !problems.is_empty() {
            return Fate::Refused(problems);
        }
        match holders.as_slice() {
            [] => {
                self.insert(Some(row), keys.into_iter().map(|(_, key)| key).collect());
                Fate::Created
            }
            [one] => self.change(*one, row, keys),
            many => {
                let count = many.len();
                self.in_vain.extend(keys.into_iter().map(|(_, key)| key));
                let detail = format!("its values belong to {count} records");
                Fate::Refused(vec![Problem::of_field(unique, detail)])
            }
        }
    }

    /// What is sent takes the place of what the record had.
    fn change(&mut self, record: usize, row: Place, keys: Vec<(String, Key)>) -> Fate {
        let shared = keys.iter().find(|(_, key)| self.holders.get(key) == Some(&record));
        let by = shared.map(|(value, _)| value.clone()).unwrap_or_default();
        let keys: Vec<Key> = keys.into_iter().map(|(_, key)| key).collect();
        let Some(known) = self.records.get_mut(record) else { return Fate::Created };
        let before = std::mem::replace(&mut known.keys, kept(self.kind, &keys));
        let first = *known.row.get_or_insert(row);
        for gone in before.iter().filter(|key| !keys.contains(key)) {
            self.holders.remove(gone);
            self.given_up.insert(*gone);
            self.order_counts |= self.in_vain.contains(gone);
        }
        self.claim(record, &keys);
        Fate::Matched { row: (first != row).then_some(first), by }
    }

    fn insert(&mut self, row: Option<Place>, keys: Vec<Key>) {
        let record = self.records.len();
        self.claim(record, &keys);
        self.records.push(Record { row, keys: kept(self.kind, &keys) });
    }

    fn claim(&mut self, record: usize, keys: &[Key]) {
        for key in keys {
            self.order_counts |= self.given_up.contains(key);
            self.holders.insert(*key, record);
        }
    }

    /// The unique values, each as it is written and as it is compared.
    fn keys(&self, json: Option<&str>) -> Vec<(String, Key)> {
        let values = json.map(values).unwrap_or_default();
        let values = values.into_iter().filter(|value| !value.is_empty());
        let mut keys: Vec<(String, Key)> = values.map(|value| self.key(value)).collect();
        keys.dedup_by(|a, b| a.1 == b.1);
        keys
    }

    /// As the service compares them: collections without regard to case, numbers by their value.
    fn key(&self, value: String) -> (String, Key) {
        let compared = match self.kind {
            Some(kind) if kind.is_collection() => item_key(&value),
            Some(Kind::Number) => {
                value.parse::<Decimal>().map_or_else(|_| value.clone(), |n| n.to_string())
            }
            _ => value.clone(),
        };
        let key = (self.hashers.0.hash_one(&compared), self.hashers.1.hash_one(&compared));
        (value, key)
    }

    /// What the service would find wrong.
    fn problems(&self, attributes: &RawAttributes, write: Write) -> Vec<Problem> {
        let json = serde_json::to_string(attributes).unwrap_or_default();
        let Ok(raw) = serde_json::from_str::<&RawValue>(&json) else { return Vec::new() };
        let found = validate(self.object, raw, write).into_iter();
        found
            .map(|found| Problem::of_field(found.pointer.trim_start_matches('/'), found.detail))
            .collect()
    }
}

/// What has to be known of a record to take values from it: a single one is never taken, since who
/// matches it has the same.
fn kept(kind: Option<Kind>, keys: &[Key]) -> Vec<Key> {
    if kind.is_some_and(Kind::is_collection) { keys.to_vec() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use clarify_schema::{COMPANY, DEAL};

    use super::*;

    fn upsert(field: &str, json: &str) -> Entry<RawAttributes> {
        let mut attributes = RawAttributes::default();
        attributes.set(field, RawValue::from_string(json.to_owned()).unwrap());
        Entry::Upsert(attributes)
    }

    fn domains(domains: &[&str]) -> Entry<RawAttributes> {
        upsert("domains", &serde_json::json!({ "items": domains }).to_string())
    }

    fn matched(line: u64, by: &str) -> Fate {
        Fate::Matched { row: Some(Place::line(line)), by: by.to_owned() }
    }

    #[test]
    fn rows_match_without_regard_to_case_and_take_the_place_of_what_was() {
        let mut ledger = Ledger::new(&COMPANY);
        assert_eq!(
            ledger.follow(Place::line(2), &domains(&["a.example", "b.example"])),
            Fate::Created
        );
        assert_eq!(
            ledger.follow(Place::line(3), &domains(&["B.example"])),
            matched(2, "B.example")
        );
        assert!(!ledger.order_counts);
        assert_eq!(
            ledger.follow(Place::line(4), &domains(&["a.example"])),
            Fate::Created,
            "it was given up"
        );
        assert!(ledger.order_counts);
        let both = ledger.follow(Place::line(5), &domains(&["a.example", "b.example"]));
        assert!(matches!(both, Fate::Refused(_)), "{both:?}");
    }

    #[test]
    fn texts_match_exactly() {
        let mut ledger = Ledger::new(&DEAL);
        assert_eq!(ledger.follow(Place::line(2), &upsert("name", r#""A""#)), Fate::Created);
        assert_eq!(ledger.follow(Place::line(3), &upsert("name", r#""a""#)), Fate::Created);
        assert_eq!(ledger.follow(Place::line(4), &upsert("name", r#""\u0041""#)), matched(2, "A"));
    }

    #[test]
    fn a_row_that_is_refused_changes_nothing() {
        let mut ledger = Ledger::new(&COMPANY);
        let bad = ledger.follow(Place::line(2), &domains(&["a.example", " "]));
        assert!(matches!(bad, Fate::Refused(_)));
        assert_eq!(ledger.follow(Place::line(3), &domains(&["a.example"])), Fate::Created);
    }
}
