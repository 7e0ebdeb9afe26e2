//! From JSON to structs: one pass over a document, compiled once.

use std::borrow::Cow;
use std::fmt;

use clarify_schema::Object;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{ExtraSlot, Slot};
use crate::value::{Form, Mismatch, Wire};

/// The attributes of one record as they arrive.
pub trait Row {
    /// Reads them into the slots, which stand in the order of the object's fields; what no field
    /// takes goes into `extra`.
    ///
    /// Nothing is returned when any value did not fit or was missing: the row has kept what.
    fn fill(
        &mut self,
        object: &Object,
        slots: &mut [&mut dyn Slot],
        extra: Option<&mut dyn ExtraSlot>,
    ) -> Option<()>;
}

/// What a document says of itself, beside its records.
#[derive(Debug, Default)]
pub(crate) struct Meta {
    pub(crate) total_records: Option<u64>,
    pub(crate) offset: Option<u64>,
    pub(crate) limit: Option<u64>,
}

impl Meta {
    /// A number in a form that is not known costs the number, not the page.
    fn read(meta: &Value) -> Self {
        let number = |name| match meta.get(name)? {
            Value::String(text) => text.parse().ok(),
            number => number.as_u64(),
        };
        Self {
            total_records: number("total_records"),
            offset: number("offset"),
            limit: number("limit"),
        }
    }
}

/// What a row says of itself, beside its attributes.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// The row's place in a list; nothing for a record that stands alone.
    pub(crate) place: Option<usize>,
    pub(crate) id: Option<String>,
    pub(crate) created_at: Option<jiff::Timestamp>,
    pub(crate) updated_at: Option<jiff::Timestamp>,
    pub(crate) problems: Vec<RowProblem>,
}

impl Head {
    fn refuse(&mut self, expected: &str, found: &str) {
        let mismatch = Mismatch::expected(expected, Wire::Json(found));
        self.problems.push(RowProblem { pointer: String::new(), mismatch });
    }

    /// Where the row stands in its document.
    pub(crate) fn pointer(&self) -> String {
        match self.place {
            Some(place) => format!("/data/{place}"),
            None => "/data".to_owned(),
        }
    }
}

/// A value of a row that does not fit, with its pointer from the row's attributes.
#[derive(Debug)]
pub(crate) struct RowProblem {
    pub(crate) pointer: String,
    pub(crate) mismatch: Mismatch,
}

/// Takes the rows of a document. What is generic over the struct is behind this, and small: it is
/// compiled for each struct.
pub(crate) trait Sink {
    /// A row's attributes are here: decodes them.
    fn attributes(&mut self, row: &mut dyn Row);

    /// A row has ended. Takes the record that was decoded, if it was, or gives the row back.
    fn end(&mut self, head: Head) -> Result<(), Head>;
}

/// What a document held, beside its records.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) meta: Meta,
    /// The rows that were no records.
    pub(crate) refused: Vec<Head>,
    /// Whether there was a `data` at all.
    pub(crate) has_data: bool,
}

/// A member's name, borrowed from the document where nothing in it is escaped.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads a document's rows into `sink`: `data` may be one record or a list.
pub(crate) fn read_document(json: &str, sink: &mut dyn Sink) -> serde_json::Result<Document> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let document = DocumentVisitor { sink }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(document)
}

macro_rules! seed {
    ($visitor:ident<$($lifetime:lifetime),*> -> $value:ty) => {
        impl<'de> DeserializeSeed<'de> for $visitor<$($lifetime),*> {
            type Value = $value;

            fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<$value, D::Error> {
                from.deserialize_any(self)
            }
        }
    };
}

/// What a visitor does with a value that is nothing it could read: `refuse` is told what it was.
macro_rules! refuse_scalars {
    () => {
        fn visit_bool<E>(self, value: bool) -> Result<(), E> {
            self.refuse(&value.to_string());
            Ok(())
        }

        fn visit_i64<E>(self, value: i64) -> Result<(), E> {
            self.refuse(&value.to_string());
            Ok(())
        }

        fn visit_u64<E>(self, value: u64) -> Result<(), E> {
            self.refuse(&value.to_string());
            Ok(())
        }

        fn visit_f64<E>(self, value: f64) -> Result<(), E> {
            self.refuse(&value.to_string());
            Ok(())
        }

        fn visit_str<E>(self, text: &str) -> Result<(), E> {
            self.refuse(&Value::from(text).to_string());
            Ok(())
        }
    };
}

/// What can't be read must still be passed over.
macro_rules! refuse_lists {
    () => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            self.refuse("[…]");
            Ok(())
        }
    };
}

struct DocumentVisitor<'s> {
    sink: &'s mut dyn Sink,
}

seed!(DocumentVisitor<'_> -> Document);

impl<'de> Visitor<'de> for DocumentVisitor<'_> {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document with `data`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut document = Document::default();
        while let Some(key) = map.next_key::<Key<'_>>()?.map(|key| key.0) {
            match &*key {
                "data" => {
                    let rows = Rows { sink: self.sink, refused: &mut document.refused };
                    document.has_data = map.next_value_seed(rows)?;
                }
                "meta" => document.meta = Meta::read(&map.next_value()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(document)
    }
}

/// `data`: one row, a list of rows, or `null`. Says whether it was one of the first two.
struct Rows<'s> {
    sink: &'s mut dyn Sink,
    refused: &'s mut Vec<Head>,
}

seed!(Rows<'_> -> bool);

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record or a list of records")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<bool, A::Error> {
        let Self { sink, refused } = self;
        let mut place = 0;
        while rows.next_element_seed(RowVisitor { sink, refused, place: Some(place) })?.is_some() {
            place += 1;
        }
        Ok(true)
    }

    fn visit_map<A: MapAccess<'de>>(self, row: A) -> Result<bool, A::Error> {
        RowVisitor { sink: self.sink, refused: self.refused, place: None }.visit_map(row)?;
        Ok(true)
    }
}

struct RowVisitor<'s> {
    sink: &'s mut dyn Sink,
    refused: &'s mut Vec<Head>,
    place: Option<usize>,
}

seed!(RowVisitor<'_> -> ());

impl<'de> Visitor<'de> for RowVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut head = Head { place: self.place, ..Head::default() };
        let mut has_attributes = false;
        while let Some(key) = map.next_key::<Key<'_>>()?.map(|key| key.0) {
            match &*key {
                "id" => head.id = id(map.next_value()?),
                "attributes" => {
                    has_attributes = true;
                    map.next_value_seed(Attributes { sink: self.sink, head: &mut head })?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if !has_attributes {
            self.sink.attributes(&mut NoAttributes { head: &mut head });
        }
        if let Err(head) = self.sink.end(head) {
            self.refused.push(head);
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.refuse("null");
        Ok(())
    }

    refuse_lists!();
    refuse_scalars!();
}

impl RowVisitor<'_> {
    fn refuse(self, found: &str) {
        let mut head = Head { place: self.place, ..Head::default() };
        head.refuse("a record as an object", found);
        self.refused.push(head);
    }
}

fn id(value: Value) -> Option<String> {
    match value {
        Value::String(id) => Some(id),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

/// A row without attributes: all that can be missing is.
struct NoAttributes<'h> {
    head: &'h mut Head,
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
}

struct Attributes<'s> {
    sink: &'s mut dyn Sink,
    head: &'s mut Head,
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
            let found = find(object, &name, expected);
            if let Some((index, slot)) = found.and_then(|at| Some((at, slots.get_mut(at)?))) {
                expected = index + 1;
                let mut problems = FieldProblems { name: &name, head: self.head };
                self.map.next_value_seed(FieldSeed { slot: *slot, problems: &mut problems })?;
            } else if name.starts_with('_') {
                self.read_system_field(&name)?;
            } else if let Some(extra) = extra.as_deref_mut() {
                keep_extra(extra, &name, self.map.next_value()?);
            } else {
                self.map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn read_system_field(&mut self, name: &str) -> Result<(), A::Error> {
        match name {
            "_created_at" => self.head.created_at = timestamp(self.map.next_value()?),
            "_updated_at" => self.head.updated_at = timestamp(self.map.next_value()?),
            _ => drop(self.map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

/// A time in a form that is not known costs the time, not the record.
fn timestamp(value: Value) -> Option<jiff::Timestamp> {
    value.as_str()?.parse().ok()
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

fn report_missing(object: &Object, slots: &[&mut dyn Slot], head: &mut Head) {
    for (field, slot) in object.fields.iter().zip(slots) {
        let pointer = format!("/{}", field.name);
        let reported = |problem: &RowProblem| {
            problem
                .pointer
                .strip_prefix(&pointer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if slot.is_missing() && !head.problems.iter().any(reported) {
            let mismatch = Mismatch::new(format!("`{}` has no value", field.name));
            head.problems.push(RowProblem { pointer, mismatch });
        }
    }
}

/// Where the problems of one field go.
struct FieldProblems<'p> {
    name: &'p str,
    head: &'p mut Head,
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
struct FieldSeed<'v, 'p> {
    slot: &'v mut dyn Slot,
    problems: &'v mut FieldProblems<'p>,
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
