//! One field of an object.

use std::borrow::Cow;

use crate::{Kind, Text, object::set};

/// One field of an object: its name on the wire, its kind and its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// The name on the wire.
    pub name: Text,
    /// What it is called to people, where that differs from the name.
    pub title: Option<Text>,
    /// What it is for.
    pub description: Option<Text>,
    /// The kind of value it holds.
    pub kind: Kind,
    /// Whether every record must have a value.
    pub required: bool,
    /// Whether only the service writes it.
    pub read_only: bool,
    /// Whether upserts match on it.
    pub unique: bool,
    /// The options of a select, in their order. Empty where they are not known: then any text is
    /// taken.
    pub options: Cow<'static, [Text]>,
    /// Whether options that are not among these are kept as they come: a select's enum that has an
    /// `other` variant does. Of a workspace's own select it says nothing.
    pub open: bool,
    /// The object that a link points to.
    pub target: Option<Text>,
    /// The field of that object that shows the same links from its side.
    pub inverse: Option<Text>,
    /// Whether a record that a to-many link points to may be pointed to by several. If not, it moves
    /// when another one links to it.
    pub many_to_many: bool,
    /// Whether people do not see it among a record's details.
    pub hidden: bool,
}

impl Field {
    /// A field that is neither required, read-only nor unique.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self::named(Cow::Borrowed(name), kind)
    }

    /// [`new`](Self::new) with a name that was made at run time.
    #[must_use]
    pub const fn named(name: Text, kind: Kind) -> Self {
        Self {
            name,
            title: None,
            description: None,
            kind,
            required: false,
            read_only: false,
            unique: false,
            options: Cow::Borrowed(&[]),
            open: false,
            target: None,
            inverse: None,
            many_to_many: false,
            hidden: false,
        }
    }

    /// The same field, required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same field, written by the service alone.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// The same field, matched on by upserts.
    #[must_use]
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// The same field with these options.
    #[must_use]
    pub const fn options(mut self, options: &'static [Text]) -> Self {
        set(&mut self.options, Cow::Borrowed(options));
        self
    }

    /// The same field, keeping options that are not among its own.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// The same field, linking to records of this object.
    #[must_use]
    pub const fn target(mut self, object: &'static str) -> Self {
        set(&mut self.target, Some(Cow::Borrowed(object)));
        self
    }

    /// The same link, whose other side is this field of its target.
    #[must_use]
    pub const fn inverse(mut self, field: &'static str) -> Self {
        set(&mut self.inverse, Some(Cow::Borrowed(field)));
        self
    }

    /// The same to-many link, to records that several may link to.
    #[must_use]
    pub const fn many_to_many(mut self) -> Self {
        self.many_to_many = true;
        self
    }

    /// The same field, not among the details that people see.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Whether `text` is one of the field's options, or its options are not known.
    #[must_use]
    pub fn has_option(&self, text: &str) -> bool {
        self.options.is_empty() || self.options.iter().any(|option| option == text)
    }
}
