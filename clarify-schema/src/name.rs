//! The names of objects, fields and options, and the rules they keep.

use heck::ToSnakeCase as _;

/// What the name of a custom object begins with.
pub const CUSTOM_PREFIX: &str = "c_";

/// The longest name of a custom object, in characters, without its prefix.
pub const MAX_OBJECT_NAME: usize = 32;

/// The longest name of a field, in characters.
pub const MAX_FIELD_NAME: usize = 64;

/// Why a name can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameError {
    /// Nothing is left of it.
    Empty,
    /// It is longer than the limit.
    TooLong {
        /// The limit, in characters.
        limit: usize,
    },
    /// It does not begin with an ASCII letter.
    Start,
    /// It holds a character that names may not hold.
    Character(char),
    /// The API keeps it for itself: `id`, `type`, and field names that begin with `_`.
    Reserved,
    /// It is neither a built-in object nor one with the prefix `c_`.
    NoPrefix,
}

impl std::fmt::Display for NameError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("a name can't be empty"),
            Self::TooLong { limit } => write!(f, "a name has at most {limit} characters"),
            Self::Start => f.write_str("a name begins with a letter from a to z"),
            Self::Character(c) => write!(f, "a name can't hold `{}`", c.escape_debug()),
            Self::Reserved => f.write_str("the API keeps this name for itself"),
            Self::NoPrefix => f.write_str("the name of a custom object begins with `c_`"),
        }
    }
}

impl std::error::Error for NameError {}

/// The name of the custom object for a Rust type or for a label: `SalesOrder` and `Sales Order`
/// are both `c_sales_order`.
///
/// # Errors
///
/// When the label has no letter or digit to make a name of, begins with a digit, holds a letter
/// that is not ASCII, or is too long.
///
/// ```
/// # use clarify_schema::custom_object_name;
/// assert_eq!(custom_object_name("SalesOrder").unwrap(), "c_sales_order");
/// assert_eq!(custom_object_name("Sales Order").unwrap(), "c_sales_order");
/// assert_eq!(custom_object_name("HTTPLog2").unwrap(), "c_http_log2");
/// assert!(custom_object_name("!").is_err());
/// ```
pub fn custom_object_name(label: &str) -> Result<String, NameError> {
    let name = format!("{CUSTOM_PREFIX}{}", label.to_snake_case());
    check_object_name(&name)?;
    Ok(name)
}

/// Whether `name` can be an object's: a built-in's, or a custom one with its prefix, in lower case
/// ASCII letters, digits and underscores.
///
/// # Errors
///
/// The first rule that the name breaks.
pub fn check_object_name(name: &str) -> Result<(), NameError> {
    if crate::built_in(name).is_some() {
        return Ok(());
    }
    let base = name.strip_prefix(CUSTOM_PREFIX).ok_or(NameError::NoPrefix)?;
    check_length(base, MAX_OBJECT_NAME)?;
    check_start(base, |c| c.is_ascii_lowercase())?;
    check_characters(base, |c| matches!(c, 'a'..='z' | '0'..='9' | '_'))
}

/// Whether `name` can be a field's: ASCII letters, digits and underscores, beginning with a letter,
/// and not one that the API keeps for itself.
///
/// # Errors
///
/// The first rule that the name breaks.
///
/// ```
/// # use clarify_schema::{check_field_name, NameError};
/// assert_eq!(check_field_name("order_number"), Ok(()));
/// assert_eq!(check_field_name("_created_at"), Err(NameError::Reserved));
/// assert_eq!(check_field_name("order-number"), Err(NameError::Character('-')));
/// ```
pub fn check_field_name(name: &str) -> Result<(), NameError> {
    if matches!(name, "id" | "type") || name.starts_with('_') {
        return Err(NameError::Reserved);
    }
    check_length(name, MAX_FIELD_NAME)?;
    check_start(name, |c| c.is_ascii_alphabetic())?;
    check_characters(name, |c| c.is_ascii_alphanumeric() || c == '_')
}

fn check_length(name: &str, limit: usize) -> Result<(), NameError> {
    match name.chars().count() {
        0 => Err(NameError::Empty),
        length if length > limit => Err(NameError::TooLong { limit }),
        _ => Ok(()),
    }
}

fn check_start(name: &str, allowed: impl Fn(char) -> bool) -> Result<(), NameError> {
    if name.starts_with(allowed) { Ok(()) } else { Err(NameError::Start) }
}

fn check_characters(name: &str, allowed: impl Fn(char) -> bool) -> Result<(), NameError> {
    match name.chars().find(|&c| !allowed(c)) {
        Some(c) => Err(NameError::Character(c)),
        None => Ok(()),
    }
}

/// The text of the select option that an enum's variant stands for: its name, with a space where a
/// new word begins. Case is kept, since options are case-sensitive.
///
/// ```
/// # use clarify_schema::option_text;
/// assert_eq!(option_text("Draft"), "Draft");
/// assert_eq!(option_text("InProgress"), "In Progress");
/// assert_eq!(option_text("USWest"), "US West");
/// assert_eq!(option_text("VP"), "VP");
/// ```
#[must_use]
pub fn option_text(variant: &str) -> String {
    let mut text = String::with_capacity(variant.len() + 4);
    let mut before: Option<char> = None;
    let mut rest = variant.chars().peekable();
    while let Some(c) = rest.next() {
        if begins_word(before, c, rest.peek().copied()) {
            text.push(' ');
        }
        text.push(c);
        before = Some(c);
    }
    text
}

fn begins_word(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    c.is_uppercase() && (!before.is_uppercase() || after.is_some_and(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn object_names_keep_their_rules() {
        assert_eq!(check_object_name("person"), Ok(()));
        assert_eq!(check_object_name("c_sales_order"), Ok(()));
        assert_eq!(check_object_name("sales_order"), Err(NameError::NoPrefix));
        assert_eq!(check_object_name("c_"), Err(NameError::Empty));
        assert_eq!(check_object_name("c_2nd"), Err(NameError::Start));
        assert_eq!(check_object_name("c_a-b"), Err(NameError::Character('-')));
        let long = format!("c_{}", "a".repeat(33));
        assert_eq!(check_object_name(&long), Err(NameError::TooLong { limit: 32 }));
        assert_eq!(check_object_name(long.trim_end_matches("a")), Err(NameError::Empty));
    }

    #[test]
    fn field_names_keep_their_rules() {
        for name in ["id", "type", "_id", "_"] {
            assert_eq!(check_field_name(name), Err(NameError::Reserved), "{name}");
        }
        assert_eq!(check_field_name(""), Err(NameError::Empty));
        assert_eq!(check_field_name("2nd"), Err(NameError::Start));
        assert_eq!(check_field_name("größe"), Err(NameError::Character('ö')));
        assert_eq!(check_field_name(&"a".repeat(64)), Ok(()));
        assert!(check_field_name(&"a".repeat(65)).is_err());
    }

    proptest! {
        #[test]
        fn a_type_name_and_its_label_make_the_same_object(words in prop::collection::vec("[A-Z][a-z]{1,5}", 1..5)) {
            let from_type = custom_object_name(&words.concat());
            prop_assert_eq!(&from_type, &custom_object_name(&words.join(" ")));
            let name = from_type.unwrap();
            prop_assert_eq!(check_object_name(&name), Ok(()));
            prop_assert_eq!(custom_object_name(name.strip_prefix("c_").unwrap()).unwrap(), name);
        }

        #[test]
        fn any_label_makes_a_good_name_or_none(label in "\\PC{0,40}") {
            if let Ok(name) = custom_object_name(&label) {
                prop_assert_eq!(check_object_name(&name), Ok(()));
            }
        }

        #[test]
        fn option_texts_keep_every_letter(variant in "[A-Z][A-Za-z0-9]{0,20}") {
            prop_assert_eq!(option_text(&variant).replace(' ', ""), variant);
        }
    }
}
