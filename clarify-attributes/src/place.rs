//! Where in a record's attributes something stands.

use std::fmt::{self, Write as _};

/// A place in a record's attributes, which is written as a JSON pointer where something is wrong there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    field: Option<&'p str>,
    below: Below<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Below<'p> {
    Nothing,
    /// The item of a collection.
    Item(usize),
    /// The part of a person's name.
    Part(&'p str),
}

impl<'p> Place<'p> {
    /// The attributes themselves.
    pub(super) const ALL: Self = Self { field: None, below: Below::Nothing };

    pub(super) const fn of(field: &'p str) -> Self {
        Self { field: Some(field), below: Below::Nothing }
    }

    pub(super) const fn item(self, index: usize) -> Self {
        Self { below: Below::Item(index), ..self }
    }

    pub(super) const fn part(self, name: &'p str) -> Self {
        Self { below: Below::Part(name), ..self }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.field.map_or(Ok(()), |name| step(f, name))?;
        match self.below {
            Below::Nothing => Ok(()),
            Below::Item(index) => write!(f, "/items/{index}"),
            Below::Part(name) => step(f, name),
        }
    }
}

/// `~` and `/` are escaped in a JSON pointer (RFC 6901).
fn step(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    f.write_char('/')?;
    name.chars().try_for_each(|letter| match letter {
        '~' => f.write_str("~0"),
        '/' => f.write_str("~1"),
        letter => f.write_char(letter),
    })
}
