//! From structs to JSON.

use std::ops::Range;

use clarify_schema::{Field, Object, check_field_name};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::ExtraShape;
use crate::error::Problem;
use crate::object::EncodeRow;
use crate::value::{FieldShape, Mismatch, Shape, Writer, read_json, write_text};

/// One field's value, whatever its type.
pub trait Encode {
    /// Writes the field of this name, if there is anything to send, and says where its value begins.
    ///
    /// # Errors
    ///
    /// When the API can't hold the value.
    fn encode(&self, name: &str, out: &mut Writer) -> Result<usize, Mismatch>;
}

#[diagnostic::do_not_recommend]
impl<V: FieldShape> Encode for V {
    fn encode(&self, name: &str, out: &mut Writer) -> Result<usize, Mismatch> {
        if self.is_absent() {
            return Ok(out.length());
        }
        let start = out.field_name(name);
        self.write(out)?;
        Ok(start)
    }
}

impl<V> Shape<V> {
    /// A value of this shape, to be encoded.
    pub fn value(self, value: &V) -> &dyn Encode {
        (self.facts.encode)(value)
    }
}

/// Takes the fields of one record, and makes a JSON object of those that have something to send.
pub struct Encoder<'o> {
    out: &'o mut Writer,
    unique: Option<Range<usize>>,
    problems: Vec<Problem>,
}

impl<'o> Encoder<'o> {
    /// Writes the record behind what is there.
    pub(crate) fn onto(out: &'o mut Writer) -> Self {
        out.json("{");
        Self { out, unique: None, problems: Vec::new() }
    }

    /// Takes the values of the object's fields, in the order of its table.
    pub fn fields(&mut self, object: &Object, values: &[&dyn Encode]) {
        for (field, value) in object.fields.iter().zip(values) {
            if !field.read_only {
                self.field(field, *value);
            }
        }
    }

    /// Takes the fields that the struct keeps without naming them. One that it does name, and one
    /// that belongs to the API, is not sent twice.
    pub fn extra<E>(&mut self, object: &Object, shape: ExtraShape<E>, extra: &E) {
        shape.each(extra, &mut |name, value| {
            let is_free = object.field(name).is_none() && check_field_name(name).is_ok();
            if is_free && !value.is_null() {
                self.name(name);
                self.out.json(&value.to_string());
            }
        });
    }

    /// Takes the attributes of a record that has no struct. `null` is sent: it was said.
    pub(crate) fn attributes(&mut self, object: &Object, attributes: &Map<String, Value>) {
        for (name, value) in attributes {
            self.name(name);
            let start = self.out.length();
            self.out.json(&value.to_string());
            let is_unique = object.field(name).is_some_and(|field| field.unique);
            self.note_unique(is_unique && !is_nothing(value), start);
        }
    }

    /// Takes one attribute as its JSON stands.
    pub(crate) fn attribute(&mut self, object: &Object, name: &str, json: &RawValue) {
        self.name(name);
        let start = self.out.length();
        self.out.json(json.get());
        let is_unique = object.field(name).is_some_and(|field| field.unique);
        let is_value = || !serde_json::from_str(json.get()).is_ok_and(|value| is_nothing(&value));
        self.note_unique(is_unique && is_value(), start);
    }

    fn field(&mut self, field: &Field, value: &dyn Encode) {
        let before = self.out.length();
        match value.encode(&field.name, self.out) {
            Ok(start) => self.note_unique(field.unique, start),
            Err(mismatch) => {
                self.out.truncate(before);
                let pointer = format!("/{}", field.name);
                self.problems.push(Problem::new(pointer, mismatch.to_string()));
            }
        }
    }

    /// Nothing, and an empty text, match nothing.
    fn note_unique(&mut self, is_unique: bool, start: usize) {
        if is_unique && !self.out.is_from(start, "") && !self.out.is_from(start, "\"\"") {
            self.unique = Some(start..self.out.length());
        }
    }

    fn name(&mut self, name: &str) {
        self.out.separate();
        self.out.text(name);
        self.out.json(":");
    }

    /// Where the value of the unique field stands, if it has one, and what is wrong with the fields that
    /// can't be sent.
    pub(crate) fn finish(self) -> (Option<Range<usize>>, Vec<Problem>) {
        self.out.json("}");
        (self.unique, self.problems)
    }
}

/// What matches nothing: no value, or a collection without items.
fn is_nothing(value: &Value) -> bool {
    let items = value.get("items").and_then(Value::as_array);
    value.is_null() || items.is_some_and(Vec::is_empty)
}

/// The attributes of one record, as a JSON object.
#[derive(Clone, Debug)]
pub(crate) struct Encoded {
    pub(crate) json: Vec<u8>,
    /// Where in it the value of the unique field stands, if it has one.
    unique: Option<Range<usize>>,
}

/// A record is seldom larger, so that what holds one grows once, if at all.
const ROOM: usize = 256;

impl Encoded {
    /// The attributes of a record, or what can't be sent.
    pub(crate) fn of(record: &dyn EncodeRow, object: &Object) -> Result<Self, Vec<Problem>> {
        Self::within(Vec::new(), record, object)
    }

    /// The same, in memory that held another.
    pub(crate) fn within(
        memory: Vec<u8>,
        record: &dyn EncodeRow,
        object: &Object,
    ) -> Result<Self, Vec<Problem>> {
        let (encoded, problems) = Self::written(memory, record, object);
        if problems.is_empty() { Ok(encoded) } else { Err(problems) }
    }

    /// The attributes of a record that can be sent, and what is wrong with the others.
    pub(crate) fn what_fits(record: &dyn EncodeRow, object: &Object) -> (Self, Vec<Problem>) {
        Self::written(Vec::new(), record, object)
    }

    fn written(
        mut memory: Vec<u8>,
        record: &dyn EncodeRow,
        object: &Object,
    ) -> (Self, Vec<Problem>) {
        memory.clear();
        memory.reserve(ROOM);
        let mut out = Writer::onto(memory);
        let mut row = Encoder::onto(&mut out);
        record.encode_row(object, &mut row);
        let (unique, problems) = row.finish();
        (Self { json: out.into_bytes(), unique }, problems)
    }

    /// The JSON of the unique field's value, if it has one.
    pub(crate) fn unique(&self) -> Option<&[u8]> {
        self.json.get(self.unique.clone()?)
    }

    /// Adds a field with this JSON.
    pub(crate) fn push(&mut self, name: &str, json: &str) {
        self.json.pop();
        if self.json.len() > 1 {
            self.json.push(b',');
        }
        write_text(&mut self.json, name);
        self.json.push(b':');
        self.json.extend_from_slice(json.as_bytes());
        self.json.push(b'}');
    }

    /// Whether the field is in it.
    pub(crate) fn has(&self, name: &str) -> bool {
        read_json(&self.json).is_ok_and(|fields| fields.get(name).is_some())
    }
}
