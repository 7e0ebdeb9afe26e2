//! The Rust types of fields.

use clarify_schema::{Field, Kind};

use crate::Paths;

/// How many values a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// One.
    One,
    /// One or none.
    Optional,
    /// Any number.
    Collection,
}

/// The type of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// `String`.
    Text,
    /// `Decimal`, since amounts are exact.
    Number,
    /// `bool`.
    Checkbox,
    /// jiff's `Date`.
    Date,
    /// jiff's `Timestamp`.
    DateTime,
    /// `PersonName`.
    PersonName,
    /// `RichText`.
    RichText,
    /// serde_json's `Value`.
    Anything,
    /// A link to a member of the workspace.
    User,
    /// A link to a record of this type.
    Link(String),
    /// An enum of this name.
    Select(String),
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// How many values it has.
    pub many: Many,
    /// The type of one.
    pub leaf: Leaf,
}

impl Type {
    /// The type as source.
    #[must_use]
    pub fn write(&self, paths: &Paths) -> String {
        let leaf = match &self.leaf {
            Leaf::User => format!("{}<{}>", paths.of("RecordId"), paths.of("User")),
            Leaf::Link(target) => format!("{}<{target}>", paths.of("RecordId")),
            Leaf::Select(name) => name.clone(),
            leaf => paths.of(leaf.name()),
        };
        match self.many {
            Many::One => leaf,
            Many::Optional => format!("{}<{leaf}>", paths.of("Option")),
            Many::Collection => format!("{}<{leaf}>", paths.of("Vec")),
        }
    }

    /// The names of the library's that it uses.
    #[must_use]
    pub fn uses(&self) -> Vec<&'static str> {
        match &self.leaf {
            Leaf::User => vec!["RecordId", "User"],
            leaf => vec![leaf.name()],
        }
    }
}

impl Leaf {
    const fn name(&self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Number => "Decimal",
            Self::Checkbox => "bool",
            Self::Date => "Date",
            Self::DateTime => "Timestamp",
            Self::PersonName => "PersonName",
            Self::RichText => "RichText",
            Self::Anything => "Value",
            Self::User | Self::Link(_) => "RecordId",
            Self::Select(_) => "ClarifySelect",
        }
    }

    /// The kind of one value of this type where nothing else is said, if the type has one.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Text => Kind::Text,
            Self::Number => Kind::Number,
            Self::Checkbox => Kind::Checkbox,
            Self::Date => Kind::Date,
            Self::DateTime => Kind::DateTime,
            Self::PersonName => Kind::PersonName,
            Self::RichText => Kind::RichText,
            Self::Anything => Kind::Other,
            Self::User | Self::Link(_) => Kind::ToOne,
            Self::Select(_) => Kind::Select,
        }
    }
}

/// The kind that a field of this type has where nothing is said of it.
pub(crate) fn own_kind(ty: &Type) -> Kind {
    match (ty.many, &ty.leaf) {
        (Many::Collection, Leaf::Select(_)) => Kind::MultiSelect,
        (Many::Collection, _) => Kind::Texts,
        (_, leaf) => leaf.kind(),
    }
}

/// The type of a field. `select` and `link` name the types that are generated beside it.
pub(crate) fn type_of(
    field: &Field,
    select: impl FnOnce() -> Option<String>,
    link: impl FnOnce(&str) -> String,
) -> Type {
    let leaf = match field.kind {
        Kind::Number | Kind::Currency => Leaf::Number,
        Kind::Date => Leaf::Date,
        Kind::DateTime => Leaf::DateTime,
        Kind::Checkbox => Leaf::Checkbox,
        Kind::PersonName => Leaf::PersonName,
        Kind::RichText => Leaf::RichText,
        Kind::Select | Kind::MultiSelect => select().map_or(Leaf::Text, Leaf::Select),
        Kind::ToOne => match field.target.as_deref() {
            Some("user") => Leaf::User,
            Some(target) => Leaf::Link(link(target)),
            None => Leaf::Anything,
        },
        kind if kind.is_collection() => Leaf::Text,
        Kind::Text | Kind::LongText => Leaf::Text,
        _ => Leaf::Anything,
    };
    let many = if field.kind.is_collection() {
        Many::Collection
    } else if field.required {
        Many::One
    } else {
        Many::Optional
    };
    Type { many, leaf }
}
