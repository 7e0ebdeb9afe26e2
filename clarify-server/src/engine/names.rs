//! A person's name, as one text and in its parts. Both are read, whichever is kept.

use clarify_attributes::whole_name;
use serde_json::Value;

use crate::contract::NameForm;

/// How a name that is kept in its parts begins, and hardly any other attribute.
pub(super) const MARK: &str = ":{\"first_name\":";

/// A name in this form; `null` when it has no parts.
pub(super) fn in_form(json: &str, form: NameForm) -> String {
    match form {
        NameForm::Text => as_text(json),
        NameForm::Parts => in_parts(json),
    }
}

fn as_text(json: &str) -> String {
    match serde_json::from_str(json) {
        Ok(Value::Object(parts)) => {
            whole_name(&parts).map(Value::String).unwrap_or_default().to_string()
        }
        _ => json.to_owned(),
    }
}

/// The parts that were sent stay as they came. Of a text, the first word is taken for the first
/// name.
fn in_parts(json: &str) -> String {
    let parts = match serde_json::from_str(json) {
        Ok(Value::Object(parts)) => whole_name(&parts).map(|full| {
            let part = |key| parts.get(key).cloned().unwrap_or_default();
            [part("first_name"), part("last_name"), full.into()]
        }),
        Ok(Value::String(full)) if !full.is_empty() => {
            let (first, last) = match full.trim().split_once(char::is_whitespace) {
                Some((first, last)) => (first, last.trim_start().into()),
                None => (full.trim(), Value::Null),
            };
            Some([first.into(), last, full.as_str().into()])
        }
        _ => None,
    };
    parts.map_or_else(|| "null".to_owned(), |parts| object(&parts))
}

fn object([first, last, full]: &[Value; 3]) -> String {
    format!("{{\"first_name\":{first},\"last_name\":{last},\"full_name\":{full}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_parts_stays_as_it_is() {
        let whole = r#"{"first_name":"Ana","last_name":null,"full_name":"Ana Maria Lee"}"#;
        assert_eq!(in_form(whole, NameForm::Parts), whole);
        assert_eq!(in_form(whole, NameForm::Text), r#""Ana Maria Lee""#);
    }

    #[test]
    fn what_a_name_does_not_say_is_filled_in() {
        let cases = [
            (
                r#"{"last_name": "Lee", "first_name": "Ana"}"#,
                r#"{"first_name":"Ana","last_name":"Lee","full_name":"Ana Lee"}"#,
            ),
            (
                r#"{"full_name": "Ana"}"#,
                r#"{"first_name":null,"last_name":null,"full_name":"Ana"}"#,
            ),
            (
                r#""Ana Maria Lee""#,
                r#"{"first_name":"Ana","last_name":"Maria Lee","full_name":"Ana Maria Lee"}"#,
            ),
            (r#"" Ana  Lee""#, r#"{"first_name":"Ana","last_name":"Lee","full_name":" Ana  Lee"}"#),
            (r#""Ana""#, r#"{"first_name":"Ana","last_name":null,"full_name":"Ana"}"#),
            (r#"{"first_name": "", "full_name": null}"#, "null"),
            (r#""""#, "null"),
            ("null", "null"),
        ];
        for (sent, expected) in cases {
            assert_eq!(in_form(sent, NameForm::Parts), expected);
        }
    }
}
