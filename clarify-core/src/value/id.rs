//! The text of an id.

use arrayvec::ArrayString;

/// The text of an id. A page has one of each record and each link, so those that services make stand in
/// here: a UUID has 36 bytes, a ULID with a prefix 30.
#[derive(Clone, Debug)]
pub(crate) enum IdText {
    Short(ArrayString<40>),
    Long(Box<str>),
}

impl IdText {
    pub(crate) const EMPTY: Self = Self::Short(ArrayString::new_const());

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Short(text) => text,
            Self::Long(text) => text,
        }
    }
}

impl From<&str> for IdText {
    fn from(text: &str) -> Self {
        ArrayString::from(text).map_or_else(|_| Self::Long(text.into()), Self::Short)
    }
}
