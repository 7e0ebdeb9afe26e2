//! How generated source names what is not generated.

use std::collections::BTreeSet;

/// What generated source uses of the library, and where in it that is.
pub const IMPORTS: [(&str, &str); 11] = [
    ("ClarifyObject", ""),
    ("ClarifySelect", ""),
    ("Date", "jiff::civil::"),
    ("Decimal", ""),
    ("LinkTarget", ""),
    ("PersonName", ""),
    ("RecordId", ""),
    ("RichText", ""),
    ("Timestamp", "jiff::"),
    ("User", ""),
    ("Value", "serde_json::"),
];

/// How generated source names what is not generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paths {
    /// By bare names, which `use` lines bring in.
    Imported,
    /// By bare names too, but for these, which mean something else in the place where they stand.
    Beside(BTreeSet<String>),
    /// By whole paths, which need nothing of the place where they stand; the library is here.
    Whole(String),
}

impl Paths {
    /// The path of a type or trait.
    #[must_use]
    pub fn of(&self, name: &str) -> String {
        let library = match self {
            Self::Whole(library) => library,
            Self::Beside(others) if others.contains(name) => "clarify_core",
            Self::Imported | Self::Beside(_) => return name.to_owned(),
        };
        match name {
            "Option" => "::core::option::Option".to_owned(),
            "Vec" => "::std::vec::Vec".to_owned(),
            "String" => "::std::string::String".to_owned(),
            "bool" => "::core::primitive::bool".to_owned(),
            "Debug" => "::core::fmt::Debug".to_owned(),
            "Clone" => "::core::clone::Clone".to_owned(),
            "Copy" => "::core::marker::Copy".to_owned(),
            "PartialEq" => "::core::cmp::PartialEq".to_owned(),
            _ => format!("{library}::{}{name}", folder(name).unwrap_or_default()),
        }
    }

    /// The argument that tells a derive where the library is, if it has to be told.
    pub(crate) fn argument(&self) -> Option<String> {
        match self {
            Self::Whole(library) if library != "::clarify_core" => {
                Some(format!("crate = {library}"))
            }
            _ => None,
        }
    }
}

/// Where in the library the thing of this name is; nothing, if it is not the library's.
#[must_use]
pub fn folder(name: &str) -> Option<&'static str> {
    IMPORTS.into_iter().find(|(import, _)| *import == name).map(|(_, folder)| folder)
}
