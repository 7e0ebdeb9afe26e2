//! The value of a field.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Head, Key, RowProblem};
use crate::codec::Slot;
use crate::value::{Form, Mismatch, Wire};

/// Where the problems of one field go.
pub(super) struct FieldProblems<'p> {
    pub(super) name: &'p str,
    pub(super) head: &'p mut Head,
}

impl FieldProblems<'_> {
    fn put(&mut self, slot: &mut dyn Slot, wire: Wire<'_>, item: Option<usize>) {
        if let Err(mismatch) = slot.put(wire) {
            let pointer = match item {
                Some(index) => format!("/{}/items/{index}", self.name),
                None => format!("/{}", self.name),
            };
            self.head.problems.push(RowProblem { pointer, mismatch });
        }
    }
}

/// The value of one field.
pub(super) struct FieldSeed<'v, 'p> {
    pub(super) slot: &'v mut dyn Slot,
    pub(super) problems: &'v mut FieldProblems<'p>,
}

impl<'de> DeserializeSeed<'de> for FieldSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let Self { slot, problems } = self;
        if slot.is_collection() {
            return CollectionVisitor { slot, problems, inside: false }.deserialize(from);
        }
        ValueVisitor { slot, problems, item: None }.deserialize(from)
    }
}

/// One value: of a field, or an item of its collection.
struct ValueVisitor<'v, 'p> {
    slot: &'v mut dyn Slot,
    problems: &'v mut FieldProblems<'p>,
    item: Option<usize>,
}

impl ValueVisitor<'_, '_> {
    fn put(self, wire: Wire<'_>) {
        self.problems.put(self.slot, wire, self.item);
    }
}

impl<'de> DeserializeSeed<'de> for ValueVisitor<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        if self.slot.form() == Form::Text {
            return from.deserialize_any(self);
        }
        // As raw text a number is exact, and comes the same way whatever features of serde_json
        // the rest of the program turns on.
        let raw = <&RawValue>::deserialize(from)?;
        if raw.get() != "null" {
            self.put(Wire::Json(raw.get()));
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for ValueVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(Wire::Text(text));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(Wire::Json(if value { "true" } else { "false" }));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.put(Wire::Json(&value.to_string()));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.put(Wire::Json(&value.to_string()));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.put(Wire::Json(&value.to_string()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(seq))?;
        self.put(Wire::Json(&value.to_string()));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        self.put(Wire::Json(&value.to_string()));
        Ok(())
    }
}

/// A collection: `{"items": [...]}`, `null`, or the plain array that a lax service may send.
struct CollectionVisitor<'v, 'p> {
    slot: &'v mut dyn Slot,
    problems: &'v mut FieldProblems<'p>,
    /// Whether this is what stands under `items`.
    inside: bool,
}

seed!(CollectionVisitor<'_, '_> -> ());

impl CollectionVisitor<'_, '_> {
    fn refuse(self, found: &str) {
        let what = "a collection as `{\"items\": [...]}`";
        let mismatch = Mismatch::expected(what, Wire::Json(found));
        let pointer = format!("/{}", self.problems.name);
        self.problems.head.problems.push(RowProblem { pointer, mismatch });
    }
}

impl<'de> Visitor<'de> for CollectionVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a collection")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { slot, problems, .. } = self;
        let mut index = 0;
        loop {
            let seed = ValueVisitor { slot: &mut *slot, problems, item: Some(index) };
            if items.next_element_seed(seed)?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut has_items = false;
        while let Some(key) = map.next_key::<Key<'_>>()?.map(|key| key.0) {
            if key == "items" && !self.inside {
                has_items = true;
                let (slot, problems) = (&mut *self.slot, &mut *self.problems);
                map.next_value_seed(CollectionVisitor { slot, problems, inside: true })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if !has_items {
            self.refuse("{…}");
        }
        Ok(())
    }

    refuse_scalars!();
}
