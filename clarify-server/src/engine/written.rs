//! Records that a request has written, and how its answer shows them.

use std::collections::BTreeMap;

use super::fields::Selection;
use super::render::Form;
use super::time::Times;
use super::{Engine, Served, shown};
use crate::store::{Record, RecordKey};

/// Records as they are after all that a request has written, in the order in which it named them. One
/// that it named twice is shown twice.
pub(super) struct Written {
    pub(super) records: BTreeMap<RecordKey, Record>,
    pub(super) order: Vec<RecordKey>,
}

/// Records as the members of a JSON list, and how many they are.
pub(crate) struct Batch {
    pub(crate) records: String,
    pub(crate) count: usize,
}

impl Written {
    fn each(&self) -> impl Iterator<Item = &Record> {
        self.order.iter().filter_map(|key| self.records.get(key))
    }
}

impl Engine {
    pub(super) fn show_written(&self, object: &Served, written: &Written) -> Batch {
        let length = written.each().map(|record| record.attributes.len() + shown::FRAME).sum();
        let mut records = String::with_capacity(length);
        let mut times = Times::new(self.contract.second_digits);
        let mut form = Form::new(&object.object, Selection::All, self.contract, &mut times);
        for record in written.each() {
            if !records.is_empty() {
                records.push(',');
            }
            form.push(&mut records, record.borrowed(), None);
        }
        Batch { records, count: written.order.len() }
    }
}
