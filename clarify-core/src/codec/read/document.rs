//! A document and its rows.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::row::{Attributes, NoAttributes};
use super::{Document, Head, Key, Meta, Sink};

pub(super) struct DocumentVisitor<'s> {
    pub(super) sink: &'s mut dyn Sink,
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
        let wants_attributes = self.sink.wants_attributes();
        let mut has_attributes = false;
        while let Some(key) = map.next_key::<Key<'_>>()?.map(|key| key.0) {
            match &*key {
                "id" => head.id = id(map.next_value()?),
                "attributes" if wants_attributes => {
                    has_attributes = true;
                    map.next_value_seed(Attributes { sink: self.sink, head: &mut head })?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if wants_attributes && !has_attributes {
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
