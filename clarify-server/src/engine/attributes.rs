//! The attributes of a record: as a write sends them, as they are kept, and the two put together.

use std::borrow::Cow;
use std::fmt::Display;

use clarify_schema::{Attributes, Field, Kind, Members, Object, Write, read_attributes};
use serde_json::value::RawValue;

use super::{Fault, names};
use crate::contract::Terms;

/// Reads the attributes that stand at `at` in a body.
pub(super) fn read(
    object: &Object,
    raw: &RawValue,
    write: Write,
    contract: &Terms,
    at: impl Display + Copy,
) -> Result<Attributes<'static>, Vec<Fault>> {
    let mut attributes = read_attributes(object, raw, write).map_err(|problems| {
        problems.into_iter().map(|problem| Fault::of_attribute(problem, at)).collect::<Vec<_>>()
    })?;
    let mut faults = Vec::new();
    for (name, json) in attributes.iter_mut() {
        if let Some(field) = object.field(name) {
            settle(field, json, contract).unwrap_or_else(|detail| {
                faults.push(Fault::invalid(format!("{at}/{name}"), detail))
            });
        }
    }
    if faults.is_empty() { Ok(attributes) } else { Err(faults) }
}

/// The required fields that a new record does not have.
pub(super) fn missing(object: &Object, attributes: &Attributes<'_>) -> Vec<String> {
    let has_value = |field: &Field| attributes.get(&field.name).is_some_and(|json| json != "null");
    let missing = |field: &&Field| field.required && !field.read_only && !has_value(field);
    object.fields.iter().filter(missing).map(|field| field.name.to_string()).collect()
}

/// Brings a good value into the form in which it is kept.
fn settle(field: &Field, json: &mut Cow<'_, str>, contract: &Terms) -> Result<(), String> {
    if field.kind == Kind::PersonName {
        *json = names::in_form(json, contract.person_name).into();
    }
    // An empty collection and a name without parts are null too.
    if json == "null" && field.required {
        return Err(format!("`{}` is required: it can't be cleared", field.name));
    }
    Ok(())
}

/// The attributes of a record as they are kept: no value is `null`.
pub(super) fn parse(kept: &str) -> Attributes<'_> {
    members(kept).into()
}

/// The same, still in the text that is kept.
pub(super) fn members(kept: &str) -> Members<'_> {
    serde_json::from_str(kept).unwrap_or_default()
}

/// What a to-one link of a record names.
pub(super) fn link(kept: &str, field: &str) -> Option<String> {
    link_id(members(kept).get(field)?.get())
}

/// The id that the value of a to-one link is.
pub(super) fn link_id(json: &str) -> Option<String> {
    serde_json::from_str::<String>(json).ok().filter(|id| !id.is_empty())
}

/// The JSON text to keep; what is `null` is left out.
pub(super) fn render(attributes: &Attributes<'_>) -> String {
    let length: usize = attributes.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    let mut json = String::with_capacity(length + 2);
    json.push('{');
    for (name, value) in attributes.iter().filter(|(_, value)| *value != "null") {
        if json.len() > 1 {
            json.push(',');
        }
        // A field's name holds nothing that JSON escapes.
        json.extend(["\"", name, "\":", value]);
    }
    json.push('}');
    json
}

/// Writes `change` over `attributes`: what it does not mention stays.
pub(super) fn merge<'a>(attributes: &mut Attributes<'a>, change: Attributes<'a>) {
    attributes.extend(change);
    attributes.retain(|_, value| value != "null");
}

#[cfg(test)]
mod tests {
    use clarify_schema::{COMPANY, PERSON};

    use super::*;

    fn kept(object: &Object, json: &str) -> String {
        let raw = serde_json::from_str(json).unwrap();
        let read = read(object, raw, Write::Create, &Terms::DOCUMENTED, "/data/attributes");
        render(&read.unwrap())
    }

    #[test]
    fn a_name_is_kept_as_one_text() {
        let cases = [
            (r#"{"name": {"full_name": "Ana Lee", "first_name": "A"}}"#, r#"{"name":"Ana Lee"}"#),
            (r#"{"name": {"first_name": "Ana", "last_name": "Lee"}}"#, r#"{"name":"Ana Lee"}"#),
            (r#"{"name": {"last_name": "Lee", "full_name": null}}"#, r#"{"name":"Lee"}"#),
            (r#"{"name": {}}"#, "{}"),
            (r#"{"name": "Ana"}"#, r#"{"name":"Ana"}"#),
        ];
        for (sent, expected) in cases {
            assert_eq!(kept(&PERSON, sent), expected);
        }
    }

    #[test]
    fn numbers_are_never_rendered_anew() {
        let json = r#"{"employee_count":999999999999.9999}"#;
        assert_eq!(kept(&COMPANY, json), json);
        assert_eq!(render(&parse(json)), json);
        assert_eq!(kept(&COMPANY, r#"{"employee_count": 1.50e2}"#), r#"{"employee_count":1.50e2}"#);
    }

    #[test]
    fn a_required_field_can_not_be_emptied() {
        let fields = vec![Field::new("tags", Kind::Texts).required()];
        let object = Object::named("c_note", fields);
        let raw = serde_json::from_str(r#"{"tags": {"items": []}}"#).unwrap();
        let faults = read(&object, raw, Write::Update, &Terms::DOCUMENTED, "/data/attributes");
        assert_eq!(
            faults.unwrap_err()[0].line(),
            "/data/attributes/tags: `tags` is required: it can't be cleared"
        );
    }

    #[test]
    fn what_no_client_could_read_is_refused() {
        let raw = serde_json::from_str(r#"{"location": {"city": "\ud800"}}"#).unwrap();
        let read = read(&COMPANY, raw, Write::Create, &Terms::DOCUMENTED, "");
        assert_eq!(read.unwrap_err()[0].pointer.as_deref(), Some("/location"));
    }

    #[test]
    fn a_change_keeps_what_it_does_not_mention() {
        let mut attributes = parse(r#"{"a":1,"b":"x","c":true}"#);
        merge(&mut attributes, parse(r#"{"b":null,"d":2,"a":3.0}"#));
        assert_eq!(render(&attributes), r#"{"a":3.0,"c":true,"d":2}"#);
    }
}
