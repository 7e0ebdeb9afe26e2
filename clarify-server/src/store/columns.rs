//! What a list can be narrowed down by and sorted by, as the store understands it.

use super::{LinkField, ObjectKey, RecordKey};

/// What a condition looks at or a list is sorted by. A field's name is one of its object's: it
/// holds ASCII letters, digits and underscores alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    /// A field with a text.
    Text(String),
    /// A field with a number.
    Number(String),
    /// A field with a day.
    Date(String),
    /// A field with a moment.
    DateTime(String),
    /// A field with `true` or `false`.
    Checkbox(String),
    /// A field with a collection.
    Items(String),
    /// A field with something else.
    Json(String),
    /// The record's id.
    Id,
    /// When the record was created, in steps of so many milliseconds.
    CreatedAt(i64),
    /// When the record was last written, in steps of so many milliseconds.
    UpdatedAt(i64),
}

/// One condition; a list shows the records that meet all of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Condition {
    /// The to-one links that lead to the record whose column is looked at; none for the record itself.
    pub(crate) path: Vec<Hop>,
    pub(crate) column: Column,
    pub(crate) test: Test,
    /// Met where the test is not, and where there is no value.
    pub(crate) negated: bool,
}

impl Condition {
    /// The column that the record itself has; None where the condition looks elsewhere.
    pub(super) fn own_column(&self) -> Option<&Column> {
        let is_elsewhere = matches!(self.test, Test::LinksTo(..) | Test::PairedWith(..));
        Some(&self.column).filter(|_| self.path.is_empty() && !is_elsewhere)
    }

    /// Whether the values that meet it lie side by side in an index, at few places of it.
    pub(super) fn narrows(&self) -> bool {
        match self.test {
            _ if self.own_column().is_none() => false,
            Test::OneOf(_) | Test::Number(..) | Test::Text(..) => !self.negated,
            Test::Present => self.negated,
            _ => false,
        }
    }

    /// Whether all that meet it have the same value.
    pub(super) fn is_equality(&self) -> bool {
        match self.test {
            _ if self.own_column().is_none() => false,
            Test::Number(Order::Equal, _) | Test::Text(Order::Equal, _) => !self.negated,
            Test::Present => self.negated,
            _ => false,
        }
    }

    /// Whether it leads to its records by itself.
    pub(super) fn is_lookup(&self) -> bool {
        let is_id = self.column == Column::Id && self.is_equality();
        let is_looked_up =
            matches!(self.test, Test::HasUniqueKey(_) | Test::LinksTo(..) | Test::PairedWith(..));
        is_id || (is_looked_up && self.path.is_empty() && !self.negated)
    }
}

/// One to-one link on the way to another record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Hop {
    pub(crate) links: LinkField,
    /// The object that it leads to.
    pub(crate) target: ObjectKey,
}

/// What a value is held against.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Test {
    /// There is a value.
    Present,
    /// It is one of these texts.
    OneOf(Vec<String>),
    /// It is a number, in ten-thousandths, a moment, in microseconds, or a checkbox, 0 or 1, that
    /// compares so.
    Number(Order, i64),
    /// It is a text that compares so.
    Text(Order, String),
    /// It holds this text; all case-folded.
    Contains(String),
    /// It begins with this text; all case-folded.
    StartsWith(String),
    /// It ends with this text; all case-folded.
    EndsWith(String),
    /// One of its items is this one; all case-folded.
    HasItem(String),
    /// The record has this unique key.
    HasUniqueKey(String),
    /// Its to-one link of this field names this id.
    LinksTo(LinkField, String),
    /// It is paired with this record, by the record's field.
    PairedWith(LinkField, RecordKey),
}

/// How a value compares with the one it is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Order {
    /// Equal.
    Equal,
    /// Less.
    Less,
    /// Less or equal.
    LessOrEqual,
    /// Greater.
    Greater,
    /// Greater or equal.
    GreaterOrEqual,
}

/// What a list is sorted by; records that are equal in it stay in the order of their creation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Sort {
    pub(crate) column: Column,
    pub(crate) descending: bool,
}
