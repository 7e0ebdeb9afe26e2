//! The records that stand in the way of a new schema.

use std::fmt;

use indexmap::IndexMap;

use super::Place;
use crate::engine::{Fault, Refusal};

/// How many records, and how many values, a refusal names of each sort.
const NAMED: usize = 10;

/// What was found, by field or by value.
#[derive(Default)]
pub(super) struct Findings {
    missing: IndexMap<String, Ids>,
    unfit: IndexMap<String, (String, Ids)>,
    shared: IndexMap<String, Ids>,
    /// How often a value was found shared beyond those that are named.
    more_shared: usize,
}

/// The ids of records, of which the first are named.
#[derive(Default)]
struct Ids {
    named: Vec<String>,
    more: usize,
}

impl Ids {
    fn add(&mut self, id: &str) {
        if self.named.len() < NAMED {
            self.named.push(id.to_owned());
        } else {
            self.more += 1;
        }
    }
}

impl fmt::Display for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.named.join("`, `"))?;
        if self.more > 0 {
            write!(f, " and {} more", self.more)?;
        }
        Ok(())
    }
}

impl Findings {
    /// A record has no value of a field in which it must have one.
    pub(super) fn missing(&mut self, field: &str, id: &str) {
        self.missing.entry(field.to_owned()).or_default().add(id);
    }

    /// A record's value is none that the field takes.
    pub(super) fn unfit(&mut self, field: &str, id: &str, why: String) {
        self.unfit.entry(field.to_owned()).or_insert_with(|| (why, Ids::default())).1.add(id);
    }

    /// Two records have one value of what is to be unique.
    pub(super) fn shared(&mut self, value: &str, holder: &str, id: &str) {
        if self.shared.len() == NAMED && !self.shared.contains_key(value) {
            self.more_shared += 1;
            return;
        }
        let ids = self.shared.entry(value.to_owned()).or_default();
        if ids.named.is_empty() {
            ids.add(holder);
        }
        ids.add(id);
    }

    /// Refuses if there is anything; `unique` is the field that is to be unique.
    pub(super) fn refuse(&self, unique: &str, at: Place<'_>) -> Result<(), Refusal> {
        let missing = self.missing.iter().map(|(field, ids)| {
            let detail = format!("`{field}` is required, and there is no value of it in {ids}");
            Fault::invalid(at(field), detail)
        });
        let unfit = self.unfit.iter().map(|(field, (why, ids))| {
            let detail = format!("the values of `{field}` in {ids} don't fit: {why}");
            Fault::invalid(at(field), detail)
        });
        let shared = self.shared.iter().map(|(value, ids)| {
            let detail = format!("`{unique}` can't be unique: `{value}` is the value of {ids}");
            Fault::new(400, detail).at(at(unique))
        });
        let more = (self.more_shared > 0).then(|| {
            let detail =
                format!("`{unique}` can't be unique: {} more are shared", self.more_shared);
            Fault::new(400, detail).at(at(unique))
        });
        let faults: Vec<_> = missing.chain(unfit).chain(shared).chain(more).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
    }
}
