//! The value of a field.

use super::scanner::{Broken, Scanner};
use super::{Head, RowProblem, outline};
use crate::codec::Slot;
use crate::value::{Form, Mismatch, Wire};

/// A field whose value comes next.
pub(super) struct FieldReader<'j, 'f> {
    pub(super) scanner: &'f mut Scanner<'j>,
    pub(super) slot: &'f mut dyn Slot,
    pub(super) name: &'f str,
    pub(super) head: &'f mut Head,
}

impl FieldReader<'_, '_> {
    pub(super) fn read(mut self) -> Result<(), Broken> {
        if self.slot.is_collection() { self.collection() } else { self.single(None) }
    }

    /// The field's value, or an item of its collection.
    fn single(&mut self, item: Option<usize>) -> Result<(), Broken> {
        let is_text = self.scanner.peek()? == b'"' && self.slot.form() == Form::Text;
        let wire = if is_text {
            Wire::Text(self.scanner.text()?)
        } else {
            // As it stands a number is exact, whatever features of serde_json the rest of the program
            // turns on.
            match self.scanner.value()? {
                "null" => return Ok(()),
                json => Wire::Json(json),
            }
        };
        if let Err(mismatch) = self.slot.put(wire) {
            self.refuse(item, mismatch);
        }
        Ok(())
    }

    /// A collection: `{"items": [...]}`, `null`, or the plain array that a lax service may send.
    fn collection(&mut self) -> Result<(), Broken> {
        if self.scanner.peek()? != b'{' {
            return self.items();
        }
        let mut has_items = false;
        self.scanner.enter();
        while let Some(is_items) = self.scanner.member_is("items")? {
            if is_items {
                has_items = true;
                self.items()?;
            } else {
                self.scanner.value()?;
            }
        }
        if !has_items {
            self.refuse_collection("{…}");
        }
        Ok(())
    }

    fn items(&mut self) -> Result<(), Broken> {
        if self.scanner.peek()? != b'[' {
            match self.scanner.value()? {
                "null" => {}
                found => self.refuse_collection(found),
            }
            return Ok(());
        }
        self.scanner.enter();
        let mut index = 0;
        while self.scanner.item()? {
            self.single(Some(index))?;
            index += 1;
        }
        Ok(())
    }

    fn refuse_collection(&mut self, found: &str) {
        let what = "a collection as `{\"items\": [...]}`";
        self.refuse(None, Mismatch::expected(what, Wire::Json(outline(found))));
    }

    fn refuse(&mut self, item: Option<usize>, mismatch: Mismatch) {
        let pointer = match item {
            Some(index) => format!("/{}/items/{index}", self.name),
            None => format!("/{}", self.name),
        };
        self.head.problems.push(RowProblem { pointer, mismatch });
    }
}
