//! Values as people write them, by the kinds of their fields.

use clarify_schema::{Decimal, Field, Kind};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::output::text::DIVIDER;

/// The JSON of a field's value.
pub(super) fn read(field: &Field, text: &str) -> Result<Box<RawValue>, String> {
    let json = match field.kind {
        kind if kind.is_collection() => return collection(field, &[text]),
        Kind::Number | Kind::Currency => number(text)?,
        Kind::Checkbox => checkbox(text)?.to_owned(),
        Kind::PersonName if text.starts_with('{') => structured(text)?,
        Kind::RichText => structured(text)?,
        Kind::Location | Kind::Other => structured(text).unwrap_or_else(|_| quoted(text)),
        Kind::ToMany => return Err("links to many records are no part of a record".to_owned()),
        _ => quoted(text),
    };
    raw(json)
}

/// The JSON of a collection that is given in several pieces.
pub(super) fn collection(field: &Field, texts: &[&str]) -> Result<Box<RawValue>, String> {
    if !field.kind.is_collection() {
        return Err("it is given several values, and is no collection".to_owned());
    }
    let pieces: Result<Vec<Vec<String>>, String> = texts.iter().map(|text| items(text)).collect();
    raw(json!({ "items": pieces?.concat() }).to_string())
}

fn raw(json: String) -> Result<Box<RawValue>, String> {
    RawValue::from_string(json).map_err(|error| error.to_string())
}

/// The items of a collection: divided by `;`, or a JSON array of texts.
pub(super) fn items(text: &str) -> Result<Vec<String>, String> {
    if text.starts_with('[') {
        return serde_json::from_str(text)
            .map_err(|error| format!("expected a JSON array of texts: {error}"));
    }
    let items = text.split(DIVIDER).map(str::trim).filter(|item| !item.is_empty());
    Ok(items.map(str::to_owned).collect())
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn number(text: &str) -> Result<String, String> {
    let number = text.trim().parse::<Decimal>();
    let form = if text.contains(',') { ": it is written as `1234.5`" } else { "" };
    number.map(|number| number.to_string()).map_err(|error| format!("`{text}`: {error}{form}"))
}

fn checkbox(text: &str) -> Result<&str, String> {
    match text {
        "true" | "false" => Ok(text),
        _ => Err(format!("`{text}`: a checkbox is `true` or `false`")),
    }
}

fn structured(text: &str) -> Result<String, String> {
    let json: Result<&RawValue, _> = serde_json::from_str(text);
    json.map(|_| text.to_owned()).map_err(|error| format!("expected JSON: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(kind: Kind, text: &str) -> Result<String, String> {
        read(&Field::new("f", kind), text).map(|json| json.get().to_owned())
    }

    #[test]
    fn values_are_read_by_their_kinds() {
        for (kind, text, expected) in [
            (Kind::Text, "5", r#""5""#),
            (Kind::Number, "999999999999.9999", "999999999999.9999"),
            (Kind::Checkbox, "true", "true"),
            (Kind::Domains, "a.ch; b.ch", r#"{"items":["a.ch","b.ch"]}"#),
            (Kind::MultiSelect, r#"["x;y"]"#, r#"{"items":["x;y"]}"#),
            (Kind::Texts, "", r#"{"items":[]}"#),
            (Kind::PersonName, "Ana Lima", r#""Ana Lima""#),
            (Kind::PersonName, r#"{"first_name":"Ana"}"#, r#"{"first_name":"Ana"}"#),
            (Kind::RichText, r#"{"text":[]}"#, r#"{"text":[]}"#),
            (Kind::Location, "Geneva", r#""Geneva""#),
            (Kind::Location, r#"{"city":"Geneva"}"#, r#"{"city":"Geneva"}"#),
        ] {
            assert_eq!(value(kind, text).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_no_value_says_what_is() {
        for (kind, text, expected) in [
            (Kind::Number, "five", "`five`: not a number"),
            (Kind::Number, "500,5", "`500,5`: not a number: it is written as `1234.5`"),
            (Kind::Number, "0.00001", "at most 4 digits after the point"),
            (Kind::Checkbox, "yes", "`true` or `false`"),
            (Kind::RichText, "plain", "expected JSON"),
            (Kind::Domains, "[1]", "a JSON array of texts"),
            (Kind::ToMany, "x", "links to many"),
        ] {
            let error = value(kind, text).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
