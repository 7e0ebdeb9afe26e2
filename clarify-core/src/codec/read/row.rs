//! The attributes of a row.

use clarify_schema::Object;
use serde_json::Value;
use serde_json::value::RawValue;

use super::scanner::{Broken, Scanner};
use super::value::FieldReader;
use super::{Head, Row, RowProblem};
use crate::codec::{ExtraSlot, Slot};
use crate::value::{Mismatch, moment};

/// Hands over the attributes that come next, and passes what keeps them from being read on to the
/// row's head.
pub(super) fn attributes(
    scanner: &mut Scanner<'_>,
    head: &mut Head,
    take: &mut dyn FnMut(&mut dyn Row),
) -> Result<(), Broken> {
    if scanner.peek()? == b'{' {
        scanner.enter();
        let mut row = MapRow { scanner, head, read: Ok(()) };
        take(&mut row);
        return row.read;
    }
    match scanner.value()? {
        "null" => take(&mut NoAttributes { head }),
        found => head.refuse("the attributes as an object", found),
    }
    Ok(())
}

/// A row without attributes: all that can be missing is.
pub(super) struct NoAttributes<'h> {
    pub(super) head: &'h mut Head,
}

impl Row for NoAttributes<'_> {
    fn fill(
        &mut self,
        object: &Object,
        slots: &mut [&mut dyn Slot],
        _: Option<&mut dyn ExtraSlot>,
    ) -> Option<()> {
        report_missing(object, slots, self.head);
        self.head.problems.is_empty().then_some(())
    }

    fn show(&mut self, _: &mut dyn FnMut(&str, &RawValue)) -> Option<()> {
        Some(())
    }
}

/// The attributes of a row, and what has become of reading them.
struct MapRow<'j, 'r> {
    scanner: &'r mut Scanner<'j>,
    head: &'r mut Head,
    /// Where the JSON itself is bad, nothing after this point can be read.
    read: Result<(), Broken>,
}

impl Row for MapRow<'_, '_> {
    fn fill(
        &mut self,
        object: &Object,
        slots: &mut [&mut dyn Slot],
        extra: Option<&mut dyn ExtraSlot>,
    ) -> Option<()> {
        self.read = self.read_into(object, slots, extra);
        self.read.ok()?;
        report_missing(object, slots, self.head);
        self.head.problems.is_empty().then_some(())
    }

    fn show(&mut self, each: &mut dyn FnMut(&str, &RawValue)) -> Option<()> {
        self.read = self.show_all(each);
        self.read.ok()
    }
}

impl MapRow<'_, '_> {
    fn read_into(
        &mut self,
        object: &Object,
        slots: &mut [&mut dyn Slot],
        mut extra: Option<&mut dyn ExtraSlot>,
    ) -> Result<(), Broken> {
        let mut expected = 0;
        while let Some(name) = self.scanner.member()? {
            // The names of the service's own fields are no others'.
            if name.starts_with('_') {
                let json = self.scanner.value()?;
                self.system_field(&name, json);
                continue;
            }
            let found = find(object, &name, expected);
            if let Some((index, slot)) = found.and_then(|at| Some((at, slots.get_mut(at)?))) {
                expected = index + 1;
                let (scanner, head) = (&mut *self.scanner, &mut *self.head);
                FieldReader { scanner, slot: *slot, name: &name, head }.read()?;
            } else if let Some(extra) = extra.as_deref_mut() {
                keep_extra(extra, &name, self.scanner.read()?);
            } else {
                self.scanner.value()?;
            }
        }
        Ok(())
    }

    fn show_all(&mut self, each: &mut dyn FnMut(&str, &RawValue)) -> Result<(), Broken> {
        while let Some(name) = self.scanner.member()? {
            let json: &RawValue = self.scanner.read()?;
            self.system_field(&name, json.get());
            each(&name, json);
        }
        Ok(())
    }

    fn system_field(&mut self, name: &str, json: &str) {
        match name {
            "_created_at" => self.head.created_at = timestamp(json),
            "_updated_at" => self.head.updated_at = timestamp(json),
            _ => {}
        }
    }
}

/// A time in a form that is not known costs the time, not the record.
fn timestamp(json: &str) -> Option<jiff::Timestamp> {
    moment(json.strip_prefix('"')?.strip_suffix('"')?)
}

/// `null` is no value, so there is nothing to keep or to send back.
fn keep_extra(extra: &mut dyn ExtraSlot, name: &str, value: Value) {
    if !value.is_null() {
        extra.keep(name, value);
    }
}

/// The place of a field. Services answer in the table's order more often than not, so the search
/// begins where the last one ended.
fn find(object: &Object, name: &str, expected: usize) -> Option<usize> {
    let is_at = |index: &usize| object.fields.get(*index).is_some_and(|field| field.name == name);
    (expected..object.fields.len()).chain(0..expected).find(is_at)
}

fn report_missing(object: &Object, slots: &mut [&mut dyn Slot], head: &mut Head) {
    for (field, slot) in object.fields.iter().zip(slots) {
        // The others are whole without a value.
        if field.required && !slot.is_whole() {
            report_one(&field.name, head);
        }
    }
}

/// A value that did not fit has been reported already.
fn report_one(name: &str, head: &mut Head) {
    let pointer = format!("/{name}");
    let reported = |problem: &RowProblem| {
        let rest = problem.pointer.strip_prefix(&pointer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if !head.problems.iter().any(reported) {
        let mismatch = Mismatch::new(format!("`{name}` has no value"));
        head.problems.push(RowProblem { pointer, mismatch });
    }
}
