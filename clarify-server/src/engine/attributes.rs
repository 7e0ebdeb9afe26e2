//! The attributes of a record: as a write sends them, as they are kept, and the two put together.

use std::fmt::Display;

use clarify_attributes::{Attributes, Members, Write, read_attributes};
use clarify_schema::{Field, Kind, Object};

use super::trouble::Trouble;
use super::{Fault, names};
use crate::contract::Terms;
use crate::store::ROOM;

/// Reads the attributes that stand at `at` in a body.
pub(super) fn read(
    object: &Object,
    json: &str,
    write: Write,
    contract: &Terms,
    at: impl Display + Copy,
) -> Result<Attributes<'static>, Vec<Fault>> {
    let mut attributes = read_attributes(object, json, write).map_err(|problems| {
        problems.into_iter().map(|problem| Fault::of_attribute(problem, at)).collect::<Vec<_>>()
    })?;
    settle_names(object, &mut attributes, contract);
    let emptied = emptied(object, &attributes);
    let faults: Vec<_> = emptied.map(|name| cleared(name, at)).collect();
    if faults.is_empty() { Ok(attributes) } else { Err(faults) }
}

/// Brings the names of people into the form in which they are kept.
fn settle_names(object: &Object, attributes: &mut Attributes<'_>, contract: &Terms) {
    for field in object.fields.iter().filter(|field| field.kind == Kind::PersonName) {
        if let Some(json) = attributes.get(&field.name) {
            let settled = names::in_form(json, contract.person_name);
            attributes.insert(&field.name, &settled);
        }
    }
}

/// The required fields that have no value: an empty collection and a name without parts are null, too.
pub(super) fn emptied<'a>(
    object: &Object,
    attributes: &'a Attributes<'_>,
) -> impl Iterator<Item = &'a str> {
    let emptied = attributes.iter().filter(|(_, json)| *json == "null").map(|(name, _)| name);
    emptied.filter(|name| object.field(name).is_some_and(|field| field.required))
}

/// A required field among the attributes at `at` would have no value.
pub(super) fn cleared(name: &str, at: impl Display) -> Fault {
    Fault::invalid(format!("{at}/{name}"), format!("`{name}` is required: it can't be cleared"))
}

/// The required fields that a new record does not have.
pub(super) fn missing(object: &Object, attributes: &Attributes<'_>) -> Vec<String> {
    let has_value = |field: &Field| attributes.get(&field.name).is_some_and(|json| json != "null");
    let missing = |field: &&Field| field.required && !field.read_only && !has_value(field);
    object.fields.iter().filter(missing).map(|field| field.name.to_string()).collect()
}

/// The attributes of a record as they are kept: no value is `null`.
pub(super) fn parse(kept: &str) -> Attributes<'_> {
    Attributes::of(kept).unwrap_or_default()
}

/// The same, still in the text that is kept.
pub(super) fn members(kept: &str) -> Members<'_> {
    Members::of(kept).unwrap_or_default()
}

/// What a to-one link of a record names.
pub(super) fn link(kept: &str, field: &str) -> Option<String> {
    link_id(members(kept).get(field)?)
}

/// The id that the value of a to-one link is.
pub(super) fn link_id(json: &str) -> Option<String> {
    serde_json::from_str::<String>(json).ok().filter(|id| !id.is_empty())
}

/// The JSON text to keep; what is `null` is left out.
pub(super) fn render(attributes: &Attributes<'_>) -> String {
    object(attributes.iter(), length(attributes))
}

/// The JSON text to keep of a record with `change` written over its attributes: what that does not
/// mention stays.
pub(super) fn changed(kept: &Attributes<'_>, change: &Attributes<'_>) -> String {
    let stay = kept.iter().map(|(name, value)| (name, change.get(name).unwrap_or(value)));
    let new = change.iter().filter(|(name, _)| kept.get(name).is_none());
    object(stay.chain(new), length(kept) + length(change))
}

/// What is longer is found out before anything is written: the store could not keep it, and no answer
/// could show it.
pub(super) fn check_length(length: usize) -> Result<(), Trouble> {
    if length > ROOM { Err(Trouble::TooLong) } else { Ok(()) }
}

/// How long the text of these attributes is at most.
pub(super) fn length(attributes: &Attributes<'_>) -> usize {
    attributes.iter().map(|(name, value)| name.len() + value.len() + "\"\":,".len()).sum()
}

fn object<'a>(members: impl Iterator<Item = (&'a str, &'a str)>, length: usize) -> String {
    let mut json = String::with_capacity(length + "{}".len());
    json.push('{');
    for (name, value) in members.filter(|(_, value)| *value != "null") {
        if json.len() > 1 {
            json.push(',');
        }
        // A field's name holds nothing that JSON escapes.
        json.extend(["\"", name, "\":", value]);
    }
    json.push('}');
    json
}

#[cfg(test)]
mod tests {
    use clarify_schema::{COMPANY, PERSON};

    use super::*;

    fn kept(object: &Object, json: &str) -> String {
        let read = read(object, json, Write::Create, &Terms::DOCUMENTED, "/data/attributes");
        render(&read.unwrap())
    }

    #[test]
    fn a_record_that_no_answer_has_room_for_is_too_long() {
        assert!(check_length(ROOM).is_ok());
        assert!(matches!(check_length(ROOM + 1), Err(Trouble::TooLong)));
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
        let sent = r#"{"tags": {"items": []}}"#;
        let faults = read(&object, sent, Write::Update, &Terms::DOCUMENTED, "/data/attributes");
        assert_eq!(
            faults.unwrap_err()[0].line(),
            "/data/attributes/tags: `tags` is required: it can't be cleared"
        );
    }

    #[test]
    fn what_no_client_could_read_is_refused() {
        let sent = r#"{"location": {"city": "\ud800"}}"#;
        let read = read(&COMPANY, sent, Write::Create, &Terms::DOCUMENTED, "");
        assert_eq!(read.unwrap_err()[0].pointer.as_deref(), Some("/location"));
    }

    #[test]
    fn a_change_keeps_what_it_does_not_mention() {
        let kept = parse(r#"{"a":1,"b":"x","c":true}"#);
        let change = parse(r#"{"b":null,"d":2,"e":null,"a":3.0}"#);
        assert_eq!(changed(&kept, &change), r#"{"a":3.0,"c":true,"d":2}"#);
    }

    #[test]
    fn what_only_replaces_values_makes_the_same_text() {
        let kept = r#"{"a":1,"b":"x","c":true}"#;
        for change in [
            "{}",
            r#"{"a":2}"#,
            r#"{"a":10,"c":false}"#,
            r#"{"a":1,"b":"xyz","c":false}"#,
            r#"{"b":"x"}"#,
        ] {
            let change = parse(change);
            let written = change.written_over(kept, |_| ()).unwrap();
            assert_eq!(written, changed(&parse(kept), &change), "{change:?}");
        }
    }
}
