//! Whether a field's type can hold what is said of the field.

use clarify_schema::Kind;

use crate::value::Shape;

impl<V> Shape<V> {
    /// Checks that the type can hold such a kind. In a constant of its own, so that the compiler
    /// says it of each field that is wrong.
    #[track_caller]
    #[allow(clippy::panic, reason = "a panic while a constant is made is an error of the compiler")]
    pub const fn holds(self, kind: Kind) {
        if kind as u8 != self.facts.known.kind as u8 && !contains(self.facts.known.also, kind) {
            panic!("{}", types_of(kind));
        }
    }

    /// Checks that upserts can match on such a field.
    #[track_caller]
    #[allow(clippy::panic, reason = "a panic while a constant is made is an error of the compiler")]
    pub const fn can_be_unique(self) {
        if !self.facts.known.kind.can_be_unique() {
            panic!(
                "upserts match on texts, numbers and collections of texts, and not on this type"
            );
        }
    }
}

/// Which types hold a kind, for the one who has chosen another. Text that is made while compiling
/// can't be put together, so there is one for each.
pub(super) const fn types_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a field of the kind `text` is a `String`",
        Kind::LongText => "a field of the kind `long_text` is a `String`",
        Kind::Number => "a field of the kind `number` is an `f64`, a `Decimal` or an integer",
        Kind::Currency => "a field of the kind `currency` is an `f64`, a `Decimal` or an integer",
        Kind::Date => "a field of the kind `date` is a `clarify_core::jiff::civil::Date`",
        Kind::DateTime => "a field of the kind `date_time` is a `clarify_core::jiff::Timestamp`",
        Kind::Checkbox => "a field of the kind `checkbox` is a `bool`",
        Kind::Select => "a field of the kind `select` is an enum that derives `ClarifySelect`",
        Kind::MultiSelect => {
            "a field of the kind `multi_select` is a `Vec` of `String`s or of an enum that derives `ClarifySelect`"
        }
        Kind::EmailAddresses => "a field of the kind `email_addresses` is a `Vec<String>`",
        Kind::Domains => "a field of the kind `domains` is a `Vec<String>`",
        Kind::PhoneNumbers => "a field of the kind `phone_numbers` is a `Vec<String>`",
        Kind::Texts => "a field of the kind `texts` is a `Vec<String>`",
        Kind::PersonName => "a field of the kind `person_name` is a `PersonName` or a `String`",
        Kind::ToOne => "a field of the kind `to_one` is a `RecordId` of the other object",
        Kind::ToMany => "to-many links are no attributes: leave the field out of the struct",
        Kind::RichText => {
            "a field of the kind `rich_text` is a `RichText` or a `serde_json::Value`"
        }
        _ => "a field of this kind is a `serde_json::Value`",
    }
}

pub(super) const fn contains(kinds: &[Kind], kind: Kind) -> bool {
    match kinds {
        [] => false,
        [first, rest @ ..] => *first as u8 == kind as u8 || contains(rest, kind),
    }
}
