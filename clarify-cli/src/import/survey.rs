//! What is in a file, seen in all of its rows before any of them is sent.

use clarify_schema::Kind;

use super::mapping::Target;
use super::read::{Cell, Place, Row, Source};
use super::value::{choice, date, id, number};

/// Words that other programs write where there is no value.
const NULLS: [&str; 3] = ["NULL", "\\N", "#N/A"];

/// What is in a file.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) rows: u64,
    /// How many can't be read, and the first.
    pub(crate) unreadable: Count,
    /// How many had a delimiter in a cell without quotes.
    pub(crate) rejoined: Count,
    /// How many cells say with a word that they have no value.
    pub(crate) nulls: Vec<(String, u64)>,
    pub(crate) columns: Vec<Seen>,
}

/// How many there are, and where the first is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) count: u64,
    pub(crate) first: Place,
}

impl Count {
    fn add(&mut self, place: Place) {
        if self.count == 0 {
            self.first = place;
        }
        self.count += 1;
    }
}

/// What is in a column.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The first cell that is not empty.
    pub(crate) sample: Option<String>,
    pub(crate) filled: u64,
    pub(crate) numbers: number::Votes,
    pub(crate) dates: date::Votes,
    /// Days with a time of day, which a date has no room for.
    pub(crate) timed: Count,
    /// Options with another spelling than their own.
    pub(crate) respelt: Count,
    /// How many name a record by its id.
    pub(crate) ids: u64,
    ticks: u64,
}

impl Seen {
    /// Whether all that is in it are ticks.
    pub(crate) const fn is_ticked(&self) -> bool {
        self.filled > 0 && self.ticks == self.filled
    }

    fn take(&mut self, place: Place, text: &str, target: &Target) {
        self.filled += 1;
        self.sample.get_or_insert_with(|| text.to_owned());
        let Target::Field(field) = target else { return };
        match field.kind {
            Kind::Number | Kind::Currency => self.numbers.take(text),
            Kind::Date => {
                self.dates.take(text);
                let day = date::read(text, &date::Form::DayFirst);
                if day.is_ok_and(|day| day.has_time_of_day()) {
                    self.timed.add(place);
                }
            }
            Kind::DateTime => self.dates.take(text),
            Kind::ToOne => self.ids += u64::from(id::is_id(field, text)),
            Kind::Checkbox => self.ticks += u64::from(choice::is_tick(text)),
            Kind::Select if choice::option(field, text).is_ok_and(|option| option != text) => {
                self.respelt.add(place);
            }
            _ => {}
        }
    }
}

impl Survey {
    /// Reads all rows. Without words of the user's own for no value, the usual ones are looked for.
    pub(crate) fn of(
        source: &Source,
        targets: &[Target],
        nulls: &[String],
    ) -> std::io::Result<Self> {
        let words = nulls.iter().cloned().map(|word| (word, 0));
        let usual = NULLS.map(|word| (word.to_owned(), 0));
        let nulls = if nulls.is_empty() { usual.into() } else { words.collect() };
        let columns = targets.iter().map(|_| Seen::default()).collect();
        let mut survey = Self { nulls, columns, ..Self::default() };
        for row in source.rows()? {
            survey.take(&row?, targets);
        }
        Ok(survey)
    }

    /// The words that stand for no value.
    pub(crate) fn nulls(&self) -> Vec<String> {
        let seen = self.nulls.iter().filter(|(_, count)| *count > 0);
        seen.map(|(word, _)| word.clone()).collect()
    }

    fn take(&mut self, row: &Row, targets: &[Target]) {
        self.rows += 1;
        if row.fault.is_some() {
            return self.unreadable.add(row.place);
        }
        if row.is_rejoined {
            self.rejoined.add(row.place);
        }
        for ((cell, target), seen) in row.cells.iter().zip(targets).zip(&mut self.columns) {
            let Some(text) = text(cell) else { continue };
            match self.nulls.iter_mut().find(|(word, _)| word == text) {
                Some((_, count)) => *count += 1,
                None => seen.take(row.place, text, target),
            }
        }
    }
}

fn text(cell: &Cell) -> Option<&str> {
    Some(cell.shown()).filter(|text| !text.trim().is_empty())
}
