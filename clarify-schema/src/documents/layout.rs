//! JSON laid out for people and for merges: one line for what fits in one, and members in the order
//! in which they are given.

use serde_json::{Value, json};

const WIDTH: usize = 100;

/// The text of an object with these members.
pub(super) fn object(members: &[(&str, String)], indent: usize) -> String {
    let lines: Vec<_> =
        members.iter().map(|(key, text)| format!("{}: {text}", json!(key))).collect();
    block('{', &lines, '}', indent)
}

/// The text of a list of texts, one on a line.
pub(super) fn list(items: &[String], indent: usize) -> String {
    let lines: Vec<_> = items.iter().map(|item| json!(item).to_string()).collect();
    block('[', &lines, ']', indent)
}

/// The text of a value that stands `indent` deep behind `before` characters: on one line if it fits.
pub(super) fn value(value: &Value, indent: usize, before: usize) -> String {
    let line = value.to_string();
    if 2 * indent + before + line.chars().count() < WIDTH {
        return line;
    }
    match value {
        Value::Object(map) => {
            let member = |(key, item): (&String, &Value)| {
                let key = json!(key).to_string();
                let text = self::value(item, indent + 1, key.chars().count() + 2);
                format!("{key}: {text}")
            };
            block('{', &map.iter().map(member).collect::<Vec<_>>(), '}', indent)
        }
        Value::Array(items) => {
            let lines: Vec<_> = items.iter().map(|item| self::value(item, indent + 1, 0)).collect();
            block('[', &lines, ']', indent)
        }
        _ => line,
    }
}

fn block(open: char, lines: &[String], close: char, indent: usize) -> String {
    if lines.is_empty() {
        return format!("{open}{close}");
    }
    let outer = "  ".repeat(indent);
    let inner = format!("\n{outer}  ");
    let lines = lines.join(&format!(",{inner}"));
    format!("{open}{inner}{lines}\n{outer}{close}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stands_on_one_line_and_the_rest_on_one_each() {
        let long = "x".repeat(60);
        let laid_out = value(&json!({ "a": [1, 2], "b": [long, long] }), 0, 0);
        let expected =
            format!("{{\n  \"a\": [1,2],\n  \"b\": [\n    \"{long}\",\n    \"{long}\"\n  ]\n}}");
        assert_eq!(laid_out, expected);
        assert_eq!(object(&[], 1), "{}");
    }
}
