//! Differences in words.

use std::fmt;

use super::{Change, Difference};
use crate::Text;

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object)?;
        if let Some(field) = &self.field {
            write!(f, ".{field}")?;
        }
        write!(f, ": {}", self.change)
    }
}

impl Change {
    /// What it is in a word, for programs: `no_field`, `new_option` …
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoObject => "no_object",
            Self::ImpossibleObject => "impossible_object",
            Self::NewObject => "new_object",
            Self::NoField { .. } => "no_field",
            Self::NewField { .. } => "new_field",
            Self::Kind { .. } => "kind",
            Self::NotUnique { .. } => "not_unique",
            Self::Unique => "unique",
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Target { .. } => "target",
            Self::NoOption { .. } => "no_option",
            Self::NewOption { .. } => "new_option",
            Self::ReadOnly => "read_only",
            Self::Writable => "writable",
            Self::KindName { .. } => "kind_name",
            Self::OtherSide { .. } => "other_side",
            Self::Called { .. } => "called",
            Self::Description => "description",
            Self::Visibility { .. } => "visibility",
            Self::AnyOption { .. } => "any_option",
            Self::Order => "order",
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoObject => f.write_str("the workspace has no such object"),
            Self::ImpossibleObject => {
                f.write_str("the workspace has no such object, and the API makes none of this name")
            }
            Self::NewObject => f.write_str("an object that is not known here"),
            Self::NoField { like: Some(like) } => {
                write!(f, "there is no such field; did you mean `{like}`?")
            }
            Self::NoField { like: None } => f.write_str("there is no such field"),
            Self::NewField { required: true } => {
                f.write_str("a required field that is not known here")
            }
            Self::NewField { required: false } => f.write_str("a field that is not known here"),
            Self::Kind { ours, theirs } => {
                write!(f, "it is of the kind `{}`, not `{}`", theirs.name(), ours.name())
            }
            Self::NotUnique { unique: Some(unique) } => {
                write!(f, "it is not unique: the workspace matches on `{unique}`")
            }
            Self::NotUnique { unique: None } => {
                f.write_str("it is not unique: the workspace matches on nothing")
            }
            Self::Unique => f.write_str("it is unique in the workspace"),
            Self::Required => f.write_str("every record must have a value"),
            Self::Optional => f.write_str("a record may have no value"),
            Self::Target { ours, theirs } => {
                let [ours, theirs] = [ours, theirs].map(|name| name.as_deref().unwrap_or_default());
                write!(f, "it links to `{theirs}`, not to `{ours}`")
            }
            Self::NoOption { options } => missing_options(f, options),
            Self::NewOption { options, .. } => new_options(f, options),
            Self::ReadOnly => f.write_str("only the service writes it"),
            Self::Writable => f.write_str("it can be written"),
            Self::KindName { ours, theirs } => {
                write!(f, "it is a `{}`, not a `{}`", theirs.name(), ours.name())
            }
            Self::OtherSide { ours, theirs } if ours == theirs => {
                f.write_str("whether several records may link to the same one is otherwise")
            }
            Self::OtherSide { ours, theirs } => {
                instead(f, "its other side is", "no other side", [ours, theirs])
            }
            Self::Called { ours, theirs } => instead(f, "it is called", "no title", [ours, theirs]),
            Self::Description => f.write_str("its description is another"),
            Self::Visibility { hidden: true } => f.write_str("it is hidden"),
            Self::Visibility { hidden: false } => f.write_str("it is shown"),
            Self::AnyOption { takes_any: true } => f.write_str("it takes any text"),
            Self::AnyOption { takes_any: false } => f.write_str("it takes its options alone"),
            Self::Order => f.write_str("the order is another"),
        }
    }
}

fn missing_options(f: &mut fmt::Formatter<'_>, options: &[(Text, Option<Text>)]) -> fmt::Result {
    let is = if options.len() == 1 { "is no option" } else { "are no options" };
    list(f, is, options, |(option, theirs)| match theirs {
        Some(theirs) => format!("`{option}` (it is spelled `{theirs}`)"),
        None => format!("`{option}`"),
    })
}

fn new_options(f: &mut fmt::Formatter<'_>, options: &[Text]) -> fmt::Result {
    let is = if options.len() == 1 { "is also the option" } else { "are also the options" };
    list(f, is, options, |option| format!("`{option}`"))
}

/// What there is in the place of what is known, either of which may be nothing.
fn instead(
    f: &mut fmt::Formatter<'_>,
    is: &str,
    nothing: &str,
    [ours, theirs]: [&Option<Text>; 2],
) -> fmt::Result {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => write!(f, "{is} `{theirs}`, not `{ours}`"),
        (None, Some(theirs)) => write!(f, "{is} `{theirs}`: here it has {nothing}"),
        (Some(ours), None) => write!(f, "it has {nothing}: here it is `{ours}`"),
        (None, None) => write!(f, "it has {nothing}"),
    }
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    is: &str,
    items: &[T],
    show: impl Fn(&T) -> String,
) -> fmt::Result {
    let items: Vec<_> = items.iter().map(show).collect();
    write!(f, "there {is} {}", items.join(", "))
}
