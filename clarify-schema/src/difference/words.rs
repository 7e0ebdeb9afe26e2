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

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoObject => f.write_str("the workspace has no such object"),
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
                let name = |name: &Option<Text>| name.as_deref().unwrap_or("nothing").to_owned();
                write!(f, "it links to `{}`, not to `{}`", name(theirs), name(ours))
            }
            Self::NoOption { options } => {
                list(f, "there is no option ", options, |(o, as_)| match as_ {
                    Some(other) => format!("`{o}` (it is spelled `{other}`)"),
                    None => format!("`{o}`"),
                })
            }
            Self::NewOption { options, .. } => {
                list(f, "there is also the option ", options, |option| format!("`{option}`"))
            }
            Self::ReadOnly => f.write_str("only the service writes it"),
            Self::Writable => f.write_str("it can be written"),
        }
    }
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    before: &str,
    items: &[T],
    show: impl Fn(&T) -> String,
) -> fmt::Result {
    let items: Vec<_> = items.iter().map(show).collect();
    write!(f, "{before}{}", items.join(", "))
}
