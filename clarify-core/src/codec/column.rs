//! The entries of an object's table.

use clarify_schema::{Field, Kind};

use crate::value::Shape;

impl<V> Shape<V> {
    /// The field of an object's table that this shape makes.
    #[must_use]
    pub const fn column(self, name: &'static str) -> Field {
        let kind = self.kind;
        self.entry(name, kind)
    }

    /// [`column`](Self::column) with a kind that the field's attributes say.
    #[must_use]
    #[allow(clippy::panic, reason = "a panic while a constant is made is an error of the compiler")]
    pub const fn column_as(self, name: &'static str, kind: Kind) -> Field {
        if kind as u8 != self.kind as u8 && !contains(self.also, kind) {
            panic!("the field's type can't hold the kind that its attribute says");
        }
        self.entry(name, kind)
    }

    const fn entry(self, name: &'static str, kind: Kind) -> Field {
        let mut field = Field::new(name, kind).options(self.options);
        field.required = self.required;
        match self.target {
            Some(target) => field.target(target),
            None => field,
        }
    }
}

const fn contains(kinds: &[Kind], kind: Kind) -> bool {
    match kinds {
        [] => false,
        [first, rest @ ..] => *first as u8 == kind as u8 || contains(rest, kind),
    }
}
