//! A document and its rows.

use super::row::{MapRow, NoAttributes};
use super::scanner::{Broken, Scanner};
use super::{Document, Head, Meta, Sink};
use crate::value::IdText;

pub(super) struct Reader<'j, 's> {
    pub(super) scanner: Scanner<'j>,
    pub(super) sink: &'s mut dyn Sink,
    /// The rows that were no records.
    pub(super) refused: Vec<Head>,
}

impl Reader<'_, '_> {
    pub(super) fn document(mut self) -> Result<Document, Broken> {
        if self.scanner.peek()? != b'{' {
            return Err(Broken::Other);
        }
        let mut document = Document::default();
        self.scanner.enter();
        while let Some(name) = self.scanner.member()? {
            match &*name {
                "data" => document.has_data = self.data()?,
                "meta" => document.meta = Meta::read(&self.scanner.read()?),
                _ => drop(self.scanner.value()?),
            }
        }
        self.scanner.end()?;
        Ok(Document { refused: self.refused, ..document })
    }

    /// One row, a list of rows, or `null`. Says whether it was one of the first two.
    fn data(&mut self) -> Result<bool, Broken> {
        match self.scanner.peek()? {
            b'[' => self.rows()?,
            b'{' => self.row(None)?,
            b'n' => {
                self.scanner.value()?;
                return Ok(false);
            }
            _ => return Err(Broken::Other),
        }
        Ok(true)
    }

    fn rows(&mut self) -> Result<(), Broken> {
        self.scanner.enter();
        let mut place = 0;
        while self.scanner.item()? {
            self.row(Some(place))?;
            place += 1;
        }
        Ok(())
    }

    fn row(&mut self, place: Option<usize>) -> Result<(), Broken> {
        let mut head = Head { place, ..Head::default() };
        if self.scanner.peek()? != b'{' {
            head.refuse("a record as an object", self.scanner.value()?);
            self.refused.push(head);
            return Ok(());
        }
        self.members(&mut head)?;
        if !self.sink.end(&mut head) {
            self.refused.push(head);
        }
        Ok(())
    }

    fn members(&mut self, head: &mut Head) -> Result<(), Broken> {
        let mut awaits_attributes = self.sink.wants_attributes();
        self.scanner.enter();
        while let Some(name) = self.scanner.member()? {
            match &*name {
                "id" => head.id = self.id()?,
                "attributes" if self.sink.wants_attributes() => {
                    awaits_attributes = false;
                    self.attributes(head)?;
                }
                _ => drop(self.scanner.value()?),
            }
        }
        if awaits_attributes {
            self.sink.attributes(&mut NoAttributes { head });
        }
        Ok(())
    }

    fn id(&mut self) -> Result<Option<IdText>, Broken> {
        if self.scanner.peek()? == b'"' {
            return Ok(Some(self.scanner.text()?.into()));
        }
        let id = self.scanner.value()?;
        Ok((id != "null").then(|| id.into()))
    }

    fn attributes(&mut self, head: &mut Head) -> Result<(), Broken> {
        if self.scanner.peek()? == b'{' {
            self.scanner.enter();
            let mut row = MapRow { scanner: &mut self.scanner, head, read: Ok(()) };
            self.sink.attributes(&mut row);
            return row.read;
        }
        match self.scanner.value()? {
            "null" => self.sink.attributes(&mut NoAttributes { head }),
            found => head.refuse("the attributes as an object", found),
        }
        Ok(())
    }
}
