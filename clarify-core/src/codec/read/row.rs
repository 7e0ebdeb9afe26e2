//! The attributes of a row.

use std::borrow::Cow;

use clarify_schema::{Field, Object};
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

/// An attribute whose value comes next.
enum Next<'j, 'o> {
    /// A field, with its place in the table.
    Field(usize, &'o Field),
    /// What no field of the table takes.
    Other(Cow<'j, str>),
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

impl<'j> MapRow<'j, '_> {
    fn read_into(
        &mut self,
        object: &Object,
        slots: &mut [&mut dyn Slot],
        mut extra: Option<&mut dyn ExtraSlot>,
    ) -> Result<(), Broken> {
        let mut expected = 0;
        while let Some(next) = self.next(object, expected)? {
            match next {
                Next::Field(place, field) => {
                    expected = place + 1;
                    let (scanner, head) = (&mut *self.scanner, &mut *self.head);
                    match slots.get_mut(place) {
                        Some(slot) => {
                            FieldReader { scanner, slot: *slot, name: &field.name, head }.read()?
                        }
                        None => drop(scanner.value()?),
                    }
                }
                Next::Other(name) => self.other(&name, &mut extra)?,
            }
        }
        Ok(())
    }

    /// Goes to the next attribute. Services answer in the table's order more often than not, so it is
    /// expected to be the field behind the last one.
    #[inline]
    fn next<'o>(
        &mut self,
        object: &'o Object,
        expected: usize,
    ) -> Result<Option<Next<'j, 'o>>, Broken> {
        if let Some(field) = object.fields.get(expected)
            && self.scanner.goes_to(&field.name)
        {
            return Ok(Some(Next::Field(expected, field)));
        }
        let name = self.scanner.member()?;
        Ok(name.map(|name| match find(object, &name, expected) {
            Some((place, field)) => Next::Field(place, field),
            None => Next::Other(name),
        }))
    }

    /// Reads what no field of the table takes.
    fn other(&mut self, name: &str, extra: &mut Option<&mut dyn ExtraSlot>) -> Result<(), Broken> {
        if is_system(name) {
            let json = self.scanner.value()?;
            self.system_field(name, json);
        } else if let Some(extra) = extra {
            keep_extra(*extra, name, self.scanner.read()?);
        } else {
            self.scanner.value()?;
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

/// The names of the service's own fields are no others'.
fn is_system(name: &str) -> bool {
    name.starts_with('_')
}

/// The field of this name, with its place. The search begins where the last one ended.
fn find<'o>(object: &'o Object, name: &str, expected: usize) -> Option<(usize, &'o Field)> {
    if is_system(name) {
        return None;
    }
    let mut places = (expected..object.fields.len()).chain(0..expected);
    places.find_map(|place| {
        let field = object.fields.get(place)?;
        (field.name == name).then_some((place, field))
    })
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
