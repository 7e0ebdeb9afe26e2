//! The short forms of a filter's value: `>5`, `!=x`, `VP*`, `a,b`, `null`.

use clarify_schema::{Field, Kind, Operator};

/// The operator that a value stands for and the value it compares with. A short form counts only
/// where the field allows its operator; any other text is meant as it stands.
pub(super) fn read<'v>(kind: Kind, field: Option<&Field>, value: &'v str) -> (Operator, &'v str) {
    let is_option = field.is_some_and(|field| field.options.iter().any(|option| option == value));
    let form = forms(value).into_iter().flatten().find(|(operator, _)| kind.allows(*operator));
    match form {
        Some(form) if !is_option => form,
        _ => (Operator::Is, value),
    }
}

/// Everything the value could stand for, what binds closest first.
fn forms(value: &str) -> [Option<(Operator, &str)>; 16] {
    use Operator::*;
    let exactly = |text, operator| (value == text).then_some((operator, ""));
    let after = |mark, operator| value.strip_prefix(mark).map(|rest| (operator, rest));
    [
        exactly("null", IsEmpty),
        exactly("!null", IsNotEmpty),
        after("!=", IsNot),
        after(">=", GreaterThanOrEqual),
        after(">=", IsOnOrAfter),
        after("<=", LessThanOrEqual),
        after("<=", IsOnOrBefore),
        after(">", GreaterThan),
        after(">", IsAfter),
        after("<", LessThan),
        after("<", IsBefore),
        after("=", Is),
        starred(value, true, true).map(|part| (Contains, part)),
        starred(value, false, true).map(|part| (StartsWith, part)),
        starred(value, true, false).map(|part| (EndsWith, part)),
        value.contains(',').then_some((OneOf, value)),
    ]
}

/// What stands beside or between the stars; a star alone is a text like any other.
fn starred(value: &str, before: bool, after: bool) -> Option<&str> {
    let rest = if before { value.strip_prefix('*')? } else { value };
    let rest = if after { rest.strip_suffix('*')? } else { rest };
    Some(rest).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_count_where_their_operator_is_allowed() {
        use Operator::*;
        let cases = [
            (Kind::Number, ">=5", GreaterThanOrEqual, "5"),
            (Kind::Number, ">5", GreaterThan, "5"),
            (Kind::Date, ">2024-01-01", IsAfter, "2024-01-01"),
            (Kind::Date, "<=2024-01-01", IsOnOrBefore, "2024-01-01"),
            (Kind::Text, ">5", Is, ">5"),
            (Kind::Text, "!=x", IsNot, "x"),
            (Kind::Text, "=*x*", Is, "*x*"),
            (Kind::Text, "*x*", Contains, "x"),
            (Kind::Text, "x*", StartsWith, "x"),
            (Kind::Text, "*x", EndsWith, "x"),
            (Kind::Text, "*", Is, "*"),
            (Kind::Text, "**", StartsWith, "*"),
            (Kind::Text, "a,b", Is, "a,b"),
            (Kind::Select, "a,b", OneOf, "a,b"),
            (Kind::Text, "null", IsEmpty, ""),
            (Kind::Text, "!null", IsNotEmpty, ""),
            (Kind::Checkbox, "null", Is, "null"),
            (Kind::Domains, "*x*", Contains, "x"),
        ];
        for (kind, value, operator, rest) in cases {
            assert_eq!(read(kind, None, value), (operator, rest), "{kind:?} {value}");
        }
    }

    #[test]
    fn an_option_with_a_comma_is_one_option() {
        let options = vec!["Won, late".into()];
        let mut field = Field::new("stage", Kind::Select);
        field.options = options.into();
        assert_eq!(read(Kind::Select, Some(&field), "Won, late"), (Operator::Is, "Won, late"));
        assert_eq!(read(Kind::Select, Some(&field), "Won,Lost"), (Operator::OneOf, "Won,Lost"));
    }
}
