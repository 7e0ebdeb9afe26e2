//! The attributes of a row.

use std::fmt;

use clarify_schema::Object;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::value::{FieldProblems, FieldSeed};
use super::{Head, Key, Row, RowProblem, Sink};
use crate::codec::{ExtraSlot, Slot};
use crate::value::Mismatch;

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

pub(super) struct Attributes<'s> {
    pub(super) sink: &'s mut dyn Sink,
    pub(super) head: &'s mut Head,
}

seed!(Attributes<'_> -> ());

impl<'de> Visitor<'de> for Attributes<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the attributes of a record")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.sink.attributes(&mut NoAttributes { head: self.head });
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let mut row = MapRow { map, head: self.head, broken: None };
        self.sink.attributes(&mut row);
        row.broken.map_or(Ok(()), Err)
    }

    refuse_lists!();
    refuse_scalars!();
}

impl Attributes<'_> {
    fn refuse(self, found: &str) {
        self.head.refuse("the attributes as an object", found);
    }
}

/// The attributes of a row, and what has become of reading them.
struct MapRow<'h, A, E> {
    map: A,
    head: &'h mut Head,
    /// The JSON itself is bad: nothing after this point can be read.
    broken: Option<E>,
}

impl<'de, A: MapAccess<'de>> Row for MapRow<'_, A, A::Error> {
    fn fill(
        &mut self,
        object: &Object,
        slots: &mut [&mut dyn Slot],
        extra: Option<&mut dyn ExtraSlot>,
    ) -> Option<()> {
        if let Err(error) = self.read(object, slots, extra) {
            self.broken = Some(error);
            return None;
        }
        report_missing(object, slots, self.head);
        self.head.problems.is_empty().then_some(())
    }

    fn show(&mut self, each: &mut dyn FnMut(&str, &RawValue)) -> Option<()> {
        let shown = self.show_all(each);
        self.broken = shown.err();
        self.broken.is_none().then_some(())
    }
}

impl<'de, A: MapAccess<'de>> MapRow<'_, A, A::Error> {
    fn read(
        &mut self,
        object: &Object,
        slots: &mut [&mut dyn Slot],
        mut extra: Option<&mut dyn ExtraSlot>,
    ) -> Result<(), A::Error> {
        let mut expected = 0;
        while let Some(name) = self.map.next_key::<Key<'_>>()?.map(|key| key.0) {
            // The names of the service's own fields are no others'.
            if name.starts_with('_') {
                self.read_system_field(&name)?;
                continue;
            }
            let found = find(object, &name, expected);
            if let Some((index, slot)) = found.and_then(|at| Some((at, slots.get_mut(at)?))) {
                expected = index + 1;
                let mut problems = FieldProblems { name: &name, head: self.head };
                self.map.next_value_seed(FieldSeed { slot: *slot, problems: &mut problems })?;
            } else if let Some(extra) = extra.as_deref_mut() {
                keep_extra(extra, &name, self.map.next_value()?);
            } else {
                self.map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn raw(&mut self) -> Result<&'de str, A::Error> {
        Ok(self.map.next_value::<&RawValue>()?.get())
    }

    fn show_all(&mut self, each: &mut dyn FnMut(&str, &RawValue)) -> Result<(), A::Error> {
        while let Some(name) = self.map.next_key::<Key<'_>>()?.map(|key| key.0) {
            let json = self.map.next_value::<&RawValue>()?;
            match &*name {
                "_created_at" => self.head.created_at = timestamp(json.get()),
                "_updated_at" => self.head.updated_at = timestamp(json.get()),
                _ => {}
            }
            each(&name, json);
        }
        Ok(())
    }

    fn read_system_field(&mut self, name: &str) -> Result<(), A::Error> {
        match name {
            "_created_at" => self.head.created_at = timestamp(self.raw()?),
            "_updated_at" => self.head.updated_at = timestamp(self.raw()?),
            _ => drop(self.map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

/// A time in a form that is not known costs the time, not the record.
fn timestamp(json: &str) -> Option<jiff::Timestamp> {
    json.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
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
        if !slot.settle() {
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
