//! The entries of an object's table.

use clarify_schema::{Field, Kind};

use crate::value::Shape;

impl<V> Shape<V> {
    /// The field of an object's table that this shape makes.
    #[must_use]
    pub const fn column(self, name: &'static str) -> Field {
        let kind = self.facts.known.kind;
        self.entry(name, kind)
    }

    /// [`column`](Self::column) with a kind that the field's attributes say, or that a built-in
    /// object's field has.
    #[must_use]
    pub const fn column_as(self, name: &'static str, kind: Kind) -> Field {
        self.entry(name, kind)
    }

    const fn entry(self, name: &'static str, kind: Kind) -> Field {
        let mut field = Field::new(name, kind).options(self.facts.known.options);
        field.required = self.facts.known.required;
        field.open = self.facts.known.is_open;
        match self.facts.known.target {
            Some(target) => field.target(target),
            None => field,
        }
    }
}
