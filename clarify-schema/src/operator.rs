//! The operators of filters.

/// How a filter compares a field with its value. Which kind allows which is
/// [`Kind::operators`](crate::Kind::operators).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operator {
    /// `Is`: equal.
    Is,
    /// `Is not`: not equal, or no value.
    IsNot,
    /// `Contains`: a substring of a text or an element of a collection, without regard to case.
    Contains,
    /// `Does not contain`: the reverse of [`Contains`](Self::Contains); no value included.
    DoesNotContain,
    /// `Starts with`.
    StartsWith,
    /// `Ends with`.
    EndsWith,
    /// `Greater than`.
    GreaterThan,
    /// `Greater than or equal`.
    GreaterThanOrEqual,
    /// `Less than`.
    LessThan,
    /// `Less than or equal`.
    LessThanOrEqual,
    /// `Is before`.
    IsBefore,
    /// `Is on or before`.
    IsOnOrBefore,
    /// `Is after`.
    IsAfter,
    /// `Is on or after`.
    IsOnOrAfter,
    /// `One of`: equal to one option of a list divided by commas.
    OneOf,
    /// `Not one of`: equal to none of the options of a list, or no value.
    NotOneOf,
    /// `Is set`: a checkbox that is ticked.
    IsSet,
    /// `Is not set`: a checkbox that is not ticked, or has no value.
    IsNotSet,
    /// `Is empty`: no value.
    IsEmpty,
    /// `Is not empty`: a value.
    IsNotEmpty,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 20] = [
        Self::Is,
        Self::IsNot,
        Self::Contains,
        Self::DoesNotContain,
        Self::StartsWith,
        Self::EndsWith,
        Self::GreaterThan,
        Self::GreaterThanOrEqual,
        Self::LessThan,
        Self::LessThanOrEqual,
        Self::IsBefore,
        Self::IsOnOrBefore,
        Self::IsAfter,
        Self::IsOnOrAfter,
        Self::OneOf,
        Self::NotOneOf,
        Self::IsSet,
        Self::IsNotSet,
        Self::IsEmpty,
        Self::IsNotEmpty,
    ];

    /// The operator as it stands in a query: `filter[title][Starts with]=VP`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Is => "Is",
            Self::IsNot => "Is not",
            Self::Contains => "Contains",
            Self::DoesNotContain => "Does not contain",
            Self::StartsWith => "Starts with",
            Self::EndsWith => "Ends with",
            Self::GreaterThan => "Greater than",
            Self::GreaterThanOrEqual => "Greater than or equal",
            Self::LessThan => "Less than",
            Self::LessThanOrEqual => "Less than or equal",
            Self::IsBefore => "Is before",
            Self::IsOnOrBefore => "Is on or before",
            Self::IsAfter => "Is after",
            Self::IsOnOrAfter => "Is on or after",
            Self::OneOf => "One of",
            Self::NotOneOf => "Not one of",
            Self::IsSet => "Is set",
            Self::IsNotSet => "Is not set",
            Self::IsEmpty => "Is empty",
            Self::IsNotEmpty => "Is not empty",
        }
    }

    /// The operator spelled `text`, in exactly that case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.as_str() == text)
    }

    /// Whether the operator compares with a value; `Is empty` and its like do not.
    #[must_use]
    pub const fn takes_value(self) -> bool {
        !matches!(self, Self::IsSet | Self::IsNotSet | Self::IsEmpty | Self::IsNotEmpty)
    }
}

impl std::fmt::Display for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_case_sensitive() {
        for operator in Operator::ALL {
            assert_eq!(Operator::parse(operator.as_str()), Some(operator));
        }
        assert_eq!(Operator::parse("contains"), None);
    }
}
