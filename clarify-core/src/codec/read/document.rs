//! A document and its rows.

use super::row::{NoAttributes, attributes};
use super::scanner::{Broken, Scanner};
use super::{Document, Head, Meta, Sink};
use crate::value::IdText;

pub(super) struct Reader<'j, 's> {
    scanner: Scanner<'j>,
    sink: &'s mut dyn Sink,
    /// The rows that were no records.
    refused: Vec<Head>,
    /// The attributes of the last row, if it has any that the sink did not want.
    pub(super) passed_over: Option<&'j str>,
}

impl<'j, 's> Reader<'j, 's> {
    pub(super) fn new(json: &'j str, sink: &'s mut dyn Sink) -> Self {
        Self { scanner: Scanner::new(json), sink, refused: Vec::new(), passed_over: None }
    }

    pub(super) fn document(&mut self) -> Result<Document, Broken> {
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
        Ok(Document { refused: std::mem::take(&mut self.refused), ..document })
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
        let wants_attributes = self.sink.wants_attributes();
        let mut awaits_attributes = wants_attributes;
        self.passed_over = None;
        self.scanner.enter();
        while let Some(name) = self.scanner.member()? {
            match &*name {
                "id" => head.id = self.id()?,
                "attributes" if wants_attributes => {
                    awaits_attributes = false;
                    let sink = &mut *self.sink;
                    attributes(&mut self.scanner, head, &mut |row| sink.attributes(row))?;
                }
                "attributes" => self.passed_over = Some(self.scanner.value()?),
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
}
