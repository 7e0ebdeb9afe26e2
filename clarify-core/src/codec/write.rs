//! From structs to JSON.

use std::ops::Range;

use clarify_schema::{Field, Object, check_field_name};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::ExtraShape;
use crate::error::Problem;
use crate::value::{Facts, Mismatch, Shape, Writer, write_text};

/// One field's value, whatever its type.
pub trait Encode {
    /// Whether there is nothing to send.
    fn is_absent(&self) -> bool;

    /// Writes the value as JSON.
    ///
    /// # Errors
    ///
    /// When the API can't hold it.
    fn encode(&self, out: &mut Writer) -> Result<(), Mismatch>;
}

/// The value of a field of type `V`.
pub struct ValueOf<'v, V: 'static> {
    facts: &'static Facts<V>,
    value: &'v V,
}

impl<V> Shape<V> {
    /// A value of this shape, to be encoded.
    pub const fn value(self, value: &V) -> ValueOf<'_, V> {
        ValueOf { facts: self.facts, value }
    }
}

impl<V> Encode for ValueOf<'_, V> {
    fn is_absent(&self) -> bool {
        (self.facts.is_absent)(self.value)
    }

    fn encode(&self, out: &mut Writer) -> Result<(), Mismatch> {
        (self.facts.write)(self.value, out)
    }
}

/// A record is seldom larger, so that what holds one grows once, if at all.
const ROOM: usize = 256;

/// Takes the fields of one record, and makes a JSON object of those that have something to send.
pub struct Encoder {
    out: Writer,
    any: bool,
    unique: Option<Range<usize>>,
    problems: Vec<Problem>,
}

impl Encoder {
    pub(crate) fn new() -> Self {
        Self::onto(Vec::with_capacity(ROOM))
    }

    /// Writes the record behind what is there.
    pub(crate) fn onto(json: Vec<u8>) -> Self {
        let mut out = Writer::onto(json);
        out.json("{");
        Self { out, any: false, unique: None, problems: Vec::new() }
    }

    /// Takes the values of the object's fields, in the order of its table.
    pub fn fields(&mut self, object: &Object, values: &[&dyn Encode]) {
        for (field, value) in object.fields.iter().zip(values) {
            if !field.read_only && !value.is_absent() {
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
        let any = self.any;
        self.separate();
        self.out.field_name(&field.name);
        let start = self.out.length();
        match value.encode(&mut self.out) {
            Ok(()) => self.note_unique(field.unique, start),
            Err(mismatch) => {
                self.out.truncate(before);
                self.any = any;
                let pointer = format!("/{}", field.name);
                self.problems.push(Problem::new(pointer, mismatch.to_string()));
            }
        }
    }

    /// An empty text matches nothing.
    fn note_unique(&mut self, is_unique: bool, start: usize) {
        if is_unique && !self.out.is_from(start, "\"\"") {
            self.unique = Some(start..self.out.length());
        }
    }

    fn separate(&mut self) {
        if std::mem::replace(&mut self.any, true) {
            self.out.json(",");
        }
    }

    fn name(&mut self, name: &str) {
        self.separate();
        self.out.text(name);
        self.out.json(":");
    }

    /// The JSON object, or what can't be sent.
    pub(crate) fn finish(self) -> Result<Encoded, Vec<Problem>> {
        let (encoded, problems) = self.finish_what_fits();
        if problems.is_empty() { Ok(encoded) } else { Err(problems) }
    }

    /// The JSON object of the fields that can be sent, and what is wrong with the others.
    pub(crate) fn finish_what_fits(mut self) -> (Encoded, Vec<Problem>) {
        self.out.json("}");
        (Encoded { json: self.out.into_bytes(), unique: self.unique }, self.problems)
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

impl Encoded {
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
        let fields: Result<std::collections::HashMap<String, &serde_json::value::RawValue>, _> =
            serde_json::from_slice(&self.json);
        fields.is_ok_and(|fields| fields.contains_key(name))
    }
}
