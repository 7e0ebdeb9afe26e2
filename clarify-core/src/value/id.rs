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

impl From<String> for IdText {
    fn from(text: String) -> Self {
        match ArrayString::from(&text) {
            Ok(short) => Self::Short(short),
            Err(_) => Self::Long(text.into_boxed_str()),
        }
    }
}

impl From<&str> for IdText {
    fn from(text: &str) -> Self {
        ArrayString::from(text).map_or_else(|_| Self::Long(text.into()), Self::Short)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::{RecordId, User};

    #[test]
    fn an_id_is_its_text_however_long_it_is() {
        let long = |length: usize| "a".repeat(length);
        let texts = [long(39), long(40), long(41), long(39) + "é", long(38) + "é"];
        let ids: BTreeSet<RecordId<User>> = texts.iter().map(RecordId::new).collect();
        let in_order: BTreeSet<_> = texts.iter().map(String::as_str).collect();
        assert!(ids.iter().map(RecordId::as_str).eq(in_order));
        for text in &texts {
            let id: RecordId<User> = serde_json::from_str(&format!("\"{text}\"")).unwrap();
            assert!(ids.contains(&id) && id == RecordId::new(text.as_str()) && id.as_str() == text);
        }
    }
}
