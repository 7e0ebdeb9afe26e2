//! JSON values as text: for people, and for a cell that is read back.

use serde::Deserialize;
use serde_json::value::RawValue;

/// What divides the items of a collection in a cell.
pub(crate) const DIVIDER: char = ';';

/// What a value is, as far as it matters to a text.
enum Shape {
    Nothing,
    Text(String),
    Items(Vec<Box<RawValue>>),
    Name(Name),
    /// Numbers, checkboxes, and what has a structure of its own: the JSON as it stands.
    Other,
}

#[derive(Deserialize)]
struct Collection {
    items: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Name {
    first_name: Option<String>,
    last_name: Option<String>,
    full_name: Option<String>,
}

impl Shape {
    fn of(json: &str) -> Self {
        let shape = match json.as_bytes().first() {
            Some(b'n') => Some(Self::Nothing),
            Some(b'"') => serde_json::from_str(json).ok().map(Self::Text),
            Some(b'{') => Self::of_object(json),
            _ => None,
        };
        shape.unwrap_or(Self::Other)
    }

    fn of_object(json: &str) -> Option<Self> {
        let members: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(json).ok()?;
        let are = |names: &[&str]| {
            members.len() == names.len() && names.iter().all(|name| members.contains_key(*name))
        };
        if are(&["items"]) {
            let Collection { items } = serde_json::from_str(json).ok()?;
            return Some(Self::Items(items));
        }
        let is_name = are(&["first_name", "last_name", "full_name"]);
        is_name.then(|| serde_json::from_str(json).ok().map(Self::Name)).flatten()
    }
}

/// A value for people: items divided by `, `, a name in full, nothing for no value. Nothing in it is
/// a command to a terminal.
pub(crate) fn shown(json: &str) -> String {
    plain(&match Shape::of(json) {
        Shape::Nothing => String::new(),
        Shape::Text(text) => text,
        Shape::Items(items) => {
            items.iter().map(|item| shown(item.get())).collect::<Vec<_>>().join(", ")
        }
        Shape::Name(name) => name.full_name.unwrap_or_default(),
        Shape::Other => json.to_owned(),
    })
}

/// A value for a cell from which it can be read back: items divided by `;`, a name in full. Where
/// that would be read as another value it is the JSON.
pub(crate) fn exact(json: &str) -> String {
    let short = match Shape::of(json) {
        Shape::Nothing => Some(String::new()),
        Shape::Text(text) => Some(text),
        Shape::Items(items) => Some(divided(&items)),
        Shape::Name(name) => name.full_name.clone().filter(|full| name.follows_from(full)),
        Shape::Other => None,
    };
    short.unwrap_or_else(|| json.to_owned())
}

impl Name {
    /// Whether a service makes this name of its text: the first word, and the rest.
    fn follows_from(&self, full: &str) -> bool {
        let (first, last) = full.split_once(' ').map_or((full, None), |(f, l)| (f, Some(l)));
        self.first_name.as_deref() == Some(first) && self.last_name.as_deref() == last
    }
}

/// The items in one text; or the JSON array, where they can't be told apart in a text.
fn divided(items: &[Box<RawValue>]) -> String {
    let texts: Option<Vec<String>> =
        items.iter().map(|item| serde_json::from_str(item.get()).ok()).collect();
    match texts {
        Some(texts) if texts.iter().all(|text| is_told_apart(text)) => {
            texts.join(&DIVIDER.to_string())
        }
        _ => serde_json::to_string(items).unwrap_or_default(),
    }
}

fn is_told_apart(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(DIVIDER) && !text.starts_with('[')
}

/// The text in one line, without what a terminal takes for commands or turns around.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(plain_char).collect()
}

fn plain_char(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        // Marks that change the direction of what stands behind them.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_texts() {
        for (json, expected) in [
            ("null", ""),
            (r#""a\nb""#, "a b"),
            (r#"{"items":["x","y"]}"#, "x, y"),
            (r#"{"first_name":"A","last_name":"B","full_name":"A B"}"#, "A B"),
            ("999999999999.9999", "999999999999.9999"),
            ("true", "true"),
            (r#"{"text":[]}"#, r#"{"text":[]}"#),
            (r#""\u001b[31mred\u202e""#, "\u{fffd}[31mred\u{fffd}"),
        ] {
            assert_eq!(shown(json), expected);
        }
    }

    #[test]
    fn cells_can_be_read_back() {
        for (json, expected) in [
            (r#"{"items":["x","y"]}"#, "x;y"),
            (r#"{"items":["x;y","z"]}"#, r#"["x;y","z"]"#),
            (r#"{"items":["[x"]}"#, r#"["[x"]"#),
            (r#"{"items":[" x"]}"#, r#"[" x"]"#),
            (r#"{"items":[]}"#, ""),
            ("1.50", "1.50"),
            (r#"{"first_name":"A","last_name":"B C","full_name":"A B C"}"#, "A B C"),
            (r#"{"first_name":"A","last_name":null,"full_name":"A"}"#, "A"),
            (
                r#"{"first_name":"A B","last_name":"C","full_name":"A B C"}"#,
                r#"{"first_name":"A B","last_name":"C","full_name":"A B C"}"#,
            ),
        ] {
            assert_eq!(exact(json), expected);
        }
    }
}
