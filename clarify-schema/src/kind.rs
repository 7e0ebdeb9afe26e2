//! The kinds of value a field can hold.

use crate::Operator;

/// What kind of value a field holds: how it looks on the wire, and what can be asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A string.
    Text,
    /// A string of many lines.
    LongText,
    /// A number with up to 12 digits before the point and 4 after it.
    Number,
    /// An amount of money: a [`Kind::Number`] on the wire.
    Currency,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A moment, ISO 8601 in UTC (`2024-03-01T12:00:00Z`).
    DateTime,
    /// `true` or `false`.
    Checkbox,
    /// One option of a list, its text in exactly that case.
    Select,
    /// Any number of options of a list, as `{"items": [...]}`.
    MultiSelect,
    /// A collection of e-mail addresses, as `{"items": [...]}`.
    EmailAddresses,
    /// A collection of internet domains, as `{"items": [...]}`.
    Domains,
    /// A collection of phone numbers, as `{"items": [...]}`.
    PhoneNumbers,
    /// A collection of texts, as `{"items": [...]}`.
    Texts,
    /// A person's name: an object with `first_name`, `last_name` and `full_name`, or a string.
    PersonName,
    /// The id of one record of another object.
    ToOne,
    /// Links to any number of records. It is not an attribute: links are made from the other side
    /// or through the relationship's own calls.
    ToMany,
    /// Text with structure, `{"text": [blocks]}`.
    RichText,
    /// A place. Its shape is not published, so it is passed through unchanged.
    Location,
    /// Anything else, passed through unchanged.
    Other,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 19] = [
        Self::Text,
        Self::LongText,
        Self::Number,
        Self::Currency,
        Self::Date,
        Self::DateTime,
        Self::Checkbox,
        Self::Select,
        Self::MultiSelect,
        Self::EmailAddresses,
        Self::Domains,
        Self::PhoneNumbers,
        Self::Texts,
        Self::PersonName,
        Self::ToOne,
        Self::ToMany,
        Self::RichText,
        Self::Location,
        Self::Other,
    ];

    /// The kind's name, as `#[clarify(kind = "...")]` and schema documents spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Number => "number",
            Self::Currency => "currency",
            Self::Date => "date",
            Self::DateTime => "date_time",
            Self::Checkbox => "checkbox",
            Self::Select => "select",
            Self::MultiSelect => "multi_select",
            Self::EmailAddresses => "email_addresses",
            Self::Domains => "domains",
            Self::PhoneNumbers => "phone_numbers",
            Self::Texts => "texts",
            Self::PersonName => "person_name",
            Self::ToOne => "to_one",
            Self::ToMany => "to_many",
            Self::RichText => "rich_text",
            Self::Location => "location",
            Self::Other => "other",
        }
    }

    /// The kind with this [`name`](Self::name).
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether values are sent as `{"items": [...]}`.
    #[must_use]
    pub const fn is_collection(self) -> bool {
        matches!(
            self,
            Self::MultiSelect
                | Self::EmailAddresses
                | Self::Domains
                | Self::PhoneNumbers
                | Self::Texts
        )
    }

    /// Whether a field of this kind can be its object's unique field: texts and numbers that name
    /// something, and collections of texts.
    #[must_use]
    pub const fn can_be_unique(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Number
                | Self::EmailAddresses
                | Self::Domains
                | Self::PhoneNumbers
                | Self::Texts
        )
    }

    /// Whether values of both kinds look the same on the wire, so that a program which takes a field
    /// for the one reads and writes the other.
    #[must_use]
    pub const fn looks_like(self, other: Self) -> bool {
        use Kind::*;
        const fn is_text(kind: Kind) -> bool {
            matches!(kind, Text | LongText | PersonName | Select | ToOne)
        }
        self as u8 == other as u8
            || matches!(other, Other)
            || self.is_known_as(other)
            || (is_text(self) && is_text(other))
            || (self.is_collection() && other.is_collection())
    }

    /// Whether a program that takes a field for this kind is right where the workspace says the other.
    /// What is taken as it comes is always right. Schemas don't tell all kinds apart: a long text is a text there, a currency a number.
    #[must_use]
    pub const fn is_known_as(self, other: Self) -> bool {
        use Kind::*;
        self as u8 == other as u8
            || matches!(
                (self, other),
                (Other, _)
                    | (Text | LongText | PersonName, Text | LongText | PersonName)
                    | (Number | Currency, Number | Currency)
                    | (
                        EmailAddresses | Domains | PhoneNumbers | Texts,
                        EmailAddresses | Domains | PhoneNumbers | Texts,
                    )
                    | (RichText | Location, RichText | Location | Other)
            )
    }

    /// The filter operators that fields of this kind allow.
    #[must_use]
    pub const fn operators(self) -> &'static [Operator] {
        use Operator::*;
        match self {
            Self::Text | Self::LongText | Self::PersonName => {
                &[Is, IsNot, Contains, DoesNotContain, StartsWith, EndsWith, IsEmpty, IsNotEmpty]
            }
            Self::Number | Self::Currency => &[
                Is,
                IsNot,
                GreaterThan,
                GreaterThanOrEqual,
                LessThan,
                LessThanOrEqual,
                IsEmpty,
                IsNotEmpty,
            ],
            Self::Date | Self::DateTime => {
                &[Is, IsNot, IsBefore, IsOnOrBefore, IsAfter, IsOnOrAfter, IsEmpty, IsNotEmpty]
            }
            Self::Select => &[Is, IsNot, OneOf, NotOneOf, IsEmpty, IsNotEmpty],
            Self::MultiSelect
            | Self::EmailAddresses
            | Self::Domains
            | Self::PhoneNumbers
            | Self::Texts => &[Contains, DoesNotContain, IsEmpty, IsNotEmpty],
            Self::Checkbox => &[Is, IsNot, IsSet, IsNotSet],
            Self::ToOne => &[Is, IsNot, IsEmpty, IsNotEmpty],
            Self::ToMany | Self::RichText | Self::Location | Self::Other => &[IsEmpty, IsNotEmpty],
        }
    }

    /// Whether fields of this kind allow `operator`.
    #[must_use]
    pub fn allows(self, operator: Operator) -> bool {
        self.operators().contains(&operator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.name()), Some(kind));
        }
        assert_eq!(Kind::parse("Text"), None);
    }
}
