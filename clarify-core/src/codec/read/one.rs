//! A record that stands alone in its document.

use clarify_schema::Object;
use serde_json::value::RawValue;

use super::document::Reader;
use super::row::attributes;
use super::scanner::Scanner;
use super::{Document, Head, Row, Sink, why};
use crate::codec::{ExtraSlot, Slot};

/// One record, of which all is read but its attributes. They are, when whoever has this asks for them:
/// what is compiled for each struct then calls, and is not called.
pub(crate) struct OneRow<'j> {
    pub(crate) head: Head,
    attributes: Option<&'j str>,
    /// Whether the attributes are no JSON, which is seen of some when their texts are asked for.
    pub(crate) is_broken: bool,
}

impl OneRow<'_> {
    fn read(&mut self, take: &mut dyn FnMut(&mut dyn Row) -> Option<()>) -> Option<()> {
        let mut scanner = Scanner::new(self.attributes.unwrap_or("null"));
        let mut taken = None;
        let read = attributes(&mut scanner, &mut self.head, &mut |row| taken = take(row));
        self.is_broken = read.is_err();
        taken
    }
}

impl Row for OneRow<'_> {
    fn fill(
        &mut self,
        object: &Object,
        slots: &mut [&mut dyn Slot],
        mut extra: Option<&mut dyn ExtraSlot>,
    ) -> Option<()> {
        self.read(&mut |row| row.fill(object, slots, extra.take()))
    }

    fn show(&mut self, each: &mut dyn FnMut(&str, &RawValue)) -> Option<()> {
        self.read(&mut |row| row.show(each))
    }
}

/// Reads a document that is to have one record: with that, if there is one alone. Of a document that
/// can't be read it is said why.
pub(crate) fn read_one(json: &str) -> Result<(Document, Option<OneRow<'_>>), String> {
    let mut heads = Heads::default();
    let mut reader = Reader::new(json, &mut heads);
    let document = reader.document().map_err(|broken| why(json, broken))?;
    let attributes = reader.passed_over;
    let head = heads.last.filter(|_| !heads.are_several);
    Ok((document, head.map(|head| OneRow { head, attributes, is_broken: false })))
}

#[derive(Default)]
struct Heads {
    last: Option<Head>,
    are_several: bool,
}

impl Sink for Heads {
    fn wants_attributes(&self) -> bool {
        false
    }

    fn attributes(&mut self, _: &mut dyn Row) {}

    fn end(&mut self, head: &mut Head) -> bool {
        self.are_several = self.last.replace(std::mem::take(head)).is_some();
        true
    }
}
