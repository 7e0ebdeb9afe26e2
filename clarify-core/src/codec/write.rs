//! From structs to JSON.

use clarify_schema::{Field, Object, check_field_name};

use super::ExtraShape;
use crate::error::Problem;
use crate::value::{Mismatch, Shape, Writer};

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
pub struct ValueOf<'v, V> {
    shape: Shape<V>,
    value: &'v V,
}

impl<V> Shape<V> {
    /// A value of this shape, to be encoded.
    pub const fn value(self, value: &V) -> ValueOf<'_, V> {
        ValueOf { shape: self, value }
    }
}

impl<V> Encode for ValueOf<'_, V> {
    fn is_absent(&self) -> bool {
        (self.shape.is_absent)(self.value)
    }

    fn encode(&self, out: &mut Writer) -> Result<(), Mismatch> {
        (self.shape.write)(self.value, out)
    }
}

/// Takes the fields of one record, and makes a JSON object of those that have something to send.
pub struct Encoder {
    out: Writer,
    any: bool,
    unique_sent: bool,
    problems: Vec<Problem>,
}

impl Encoder {
    pub(crate) fn new() -> Self {
        let mut out = Writer::default();
        out.json("{");
        Self { out, any: false, unique_sent: false, problems: Vec::new() }
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

    fn field(&mut self, field: &Field, value: &dyn Encode) {
        let before = self.out.length();
        let any = self.any;
        self.name(&field.name);
        let start = self.out.length();
        match value.encode(&mut self.out) {
            // An empty text matches nothing.
            Ok(()) => self.unique_sent |= field.unique && !self.out.is_from(start, "\"\""),
            Err(mismatch) => {
                self.out.truncate(before);
                self.any = any;
                let pointer = format!("/{}", field.name);
                self.problems.push(Problem::new(pointer, mismatch.to_string()));
            }
        }
    }

    fn name(&mut self, name: &str) {
        if std::mem::replace(&mut self.any, true) {
            self.out.json(",");
        }
        self.out.text(name);
        self.out.json(":");
    }

    /// The JSON object.
    pub(crate) fn finish(mut self) -> Result<Encoded, Vec<Problem>> {
        self.out.json("}");
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(Encoded { json: self.out.into_bytes(), has_unique: self.unique_sent })
    }
}

/// The attributes of one record, as a JSON object.
pub(crate) struct Encoded {
    pub(crate) json: Vec<u8>,
    /// Whether the unique field has a value.
    pub(crate) has_unique: bool,
}
