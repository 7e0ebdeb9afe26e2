//! One thing that is wrong, and where.

use std::fmt;

use crate::members::members;

/// One thing that is wrong with a request or an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where it is, as a JSON pointer into the document: `/data/3/attributes/title`. Empty where it
    /// is not about one place.
    pub pointer: String,
    /// What it is, in words.
    pub detail: String,
    /// The HTTP status that the service gave it.
    pub status: Option<u16>,
}

members!(Problem { pointer, detail, status: or_default });

impl Problem {
    /// Something that is wrong with the attribute of a record, found by who makes the record.
    #[must_use]
    pub fn of_field(field: &str, detail: impl Into<String>) -> Self {
        Self::new(format!("/{}", field.replace('~', "~0").replace('/', "~1")), detail)
    }

    pub(crate) fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into(), status: None }
    }

    /// The same problem, seen from further out.
    pub(crate) fn below(mut self, prefix: &str) -> Self {
        self.pointer.insert_str(0, prefix);
        self
    }

    /// The same problem of a record of a batch, as if the record had been sent alone.
    pub(crate) fn alone(&self) -> Self {
        match self.placed() {
            Some(("items", _, _)) => self.moved(String::new()),
            Some((list, _, below)) => self.moved(format!("/{list}{below}")),
            None => self.clone(),
        }
    }

    /// The same problem, with the place in the batch that stands in `places` for its own.
    pub(crate) fn at_place(&self, places: &[usize]) -> Self {
        let moved = self.placed().and_then(|(list, place, below)| {
            Some(format!("/{list}/{}{below}", places.get(place)?))
        });
        moved.map_or_else(|| self.clone(), |pointer| self.moved(pointer))
    }

    /// The same problem in another place, which its text names, too, where it named the one before.
    fn moved(&self, pointer: String) -> Self {
        let detail = match self.detail.strip_prefix(&self.pointer).filter(|_| self.is_said()) {
            Some(rest) if pointer.is_empty() => {
                rest.trim_start_matches(':').trim_start().to_owned()
            }
            Some(rest) => format!("{pointer}{rest}"),
            None => self.detail.clone(),
        };
        Self { pointer, detail, status: self.status }
    }

    /// Whether the text begins with the pointer, as that of services does.
    fn is_said(&self) -> bool {
        !self.pointer.is_empty() && self.detail.starts_with(&self.pointer)
    }

    /// The list that the pointer goes into, the place in it, and what is below: `data`, 3,
    /// `/attributes/title`.
    fn placed(&self) -> Option<(&str, usize, &str)> {
        let (list, rest) = self.pointer.strip_prefix('/')?.split_once('/')?;
        let (place, below) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let is_list = matches!(list, "data" | "items");
        is_list.then_some((list, place.parse().ok()?, below))
    }

    /// The place in its batch of the record that is at fault.
    #[must_use]
    pub fn record_index(&self) -> Option<usize> {
        let below =
            ["/data/", "/items/"].iter().find_map(|list| self.pointer.strip_prefix(list))?;
        below.split('/').next()?.parse().ok()
    }

    /// The name of the field that is at fault.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        let (_, below) = self.pointer.split_once("/attributes/")?;
        below.split('/').next()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(index) = self.record_index() {
            write!(f, "record {index}: ")?;
        }
        if self.pointer.is_empty() || self.is_said() {
            return f.write_str(&self.detail);
        }
        write!(f, "{}: {}", self.pointer, self.detail)
    }
}

/// The first problem, and how many there are beside it.
pub(crate) fn list(problems: &[Problem], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match problems {
        [] => f.write_str("no reason was given"),
        [one] => write!(f, "{one}"),
        [first, rest @ ..] => write!(f, "{first} (and {} more)", rest.len()),
    }
}
