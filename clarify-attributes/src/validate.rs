//! The attributes of one record, checked against its object.

use std::borrow::Cow;
use std::fmt;

use clarify_schema::{Field, Kind, Object};
use serde_json::value::RawValue;

use super::attributes::Attributes;
use super::place::Place;
use super::text::Members;
use super::value::read_value;

/// What a record's attributes are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// A new record: required fields must be there.
    Create,
    /// A change to a record: what is not mentioned stays.
    Update,
}

/// One thing that is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The HTTP status that the API gives it: 400 for a number out of range, 422 for the rest.
    pub status: u16,
    /// Where it is, as a JSON pointer from the attributes: `/email_addresses/items/2`.
    pub pointer: String,
    /// What it is, in words.
    pub detail: String,
}

impl Problem {
    pub(super) fn new(status: u16, place: Place<'_>, detail: impl Into<String>) -> Self {
        Self { status, pointer: place.to_string(), detail: detail.into() }
    }

    pub(super) fn expected(what: &str, found: &str, place: Place<'_>) -> Self {
        Self::new(422, place, format!("expected {what}, found {}", excerpt(found)))
    }
}

/// A bounded piece of a value, so that a message stays one line.
fn excerpt(json: &str) -> String {
    const LONGEST: usize = 60;
    // Only between its parts JSON has ends of lines.
    let json = json.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    match json.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", json.get(..end).unwrap_or(&json)),
        None => format!("`{json}`"),
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.detail)
    }
}

/// Reads the attributes of one record, a JSON object, as a write sends them. They were read as JSON
/// before.
///
/// The texts are as they came, so that `1.10` stays `1.10`; but a collection's duplicates are left
/// out, an empty collection is `null`, and a text slot takes the `full_name` of a person's name.
///
/// # Errors
///
/// Every problem of the record: an attribute that the object does not have, one that only the
/// service writes, a value that does not fit its kind, a required field that is missing.
pub fn read_attributes(
    object: &Object,
    attributes: &str,
    write: Write,
) -> Result<Attributes<'static>, Vec<Problem>> {
    let members = Members::of(attributes)
        .ok_or_else(|| vec![Problem::expected("an object", attributes, Place::ALL)])?;
    let is_missing =
        |field: &&Field| field.required && !field.read_only && members.get(&field.name).is_none();
    let missing = object.fields.iter().filter(|_| write == Write::Create).filter(is_missing);
    let missing: Vec<_> = missing.map(missing_field).collect();
    let mut problems = Vec::new();
    let mut kept = Attributes::with_capacity(members.len(), attributes.len());
    for (name, json) in members.iter() {
        match read_attribute(object, name, json) {
            Ok((field, text)) => kept.push(&field.name, &text),
            Err(found) => problems.extend(found),
        }
    }
    problems.extend(missing);
    if problems.is_empty() { Ok(kept) } else { Err(problems) }
}

fn missing_field(field: &Field) -> Problem {
    Problem::new(422, Place::of(&field.name), format!("`{}` is required", field.name))
}

/// Every problem of one record's attributes; none, when the API would take them.
///
/// ```
/// # use clarify_attributes::{Write, validate};
/// # use clarify_schema::PERSON;
/// let attributes = r#"{"email_addresses": ["a@example.com"], "nam": "Ana"}"#;
/// let attributes = serde_json::from_str(attributes).unwrap();
/// let problems = validate(&PERSON, attributes, Write::Create);
/// assert_eq!(problems[0].pointer, "/email_addresses");
/// assert_eq!(problems[1].detail, "`person` has no attribute `nam`: did you mean `name`?");
/// ```
#[must_use]
pub fn validate(object: &Object, attributes: &RawValue, write: Write) -> Vec<Problem> {
    read_attributes(object, attributes.get(), write).err().unwrap_or_default()
}

/// The field that an attribute is of, and the text to keep for it.
fn read_attribute<'o, 'r>(
    object: &'o Object,
    name: &str,
    json: &'r str,
) -> Result<(&'o Field, Cow<'r, str>), Vec<Problem>> {
    let at = Place::of(name);
    let one = |detail: String| Err(vec![Problem::new(422, at, detail)]);
    if name.starts_with('_') {
        return one(format!("`{name}` is written by the service alone"));
    }
    let Some(field) = object.field(name) else {
        return one(unknown_attribute(object, name));
    };
    if field.read_only {
        return one(format!("`{name}` is written by the service alone"));
    }
    // A to-many link is no attribute, whatever it says.
    if json != "null" || field.kind == Kind::ToMany {
        return read_value(field, json, at).map(|text| (field, text));
    }
    if field.required {
        return one(format!("`{name}` is required: it can't be cleared"));
    }
    Ok((field, "null".into()))
}

fn unknown_attribute(object: &Object, name: &str) -> String {
    match object.nearest_field_name(name) {
        Some(field) => {
            format!("`{}` has no attribute `{name}`: did you mean `{field}`?", object.name)
        }
        None => format!("`{}` has no attribute `{name}`", object.name),
    }
}

#[cfg(test)]
mod tests {
    use clarify_schema::{COMPANY, MEETING, PERSON, TASK};

    use super::*;

    fn read(object: &Object, json: &str) -> Result<Vec<(String, String)>, Vec<String>> {
        read_attributes(object, json, Write::Create)
            .map(|kept| kept.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect())
            .map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    fn problem(object: &Object, json: &str) -> String {
        let problems = read(object, json).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems.concat()
    }

    #[test]
    fn all_problems_are_reported_at_once() {
        let problems = read(
            &PERSON,
            r#"{"email_addresses": {"items": ["a@example.com", "b", 3]}, "_id": 1, "title": 5}"#,
        );
        assert_eq!(
            problems.unwrap_err(),
            [
                "/email_addresses/items/1: invalid email",
                "/email_addresses/items/2: expected a string, found `3`",
                "/_id: `_id` is written by the service alone",
                "/title: expected a string, found `5`",
            ]
        );
    }

    #[test]
    fn values_are_kept_as_they_came() {
        let kept =
            read(&COMPANY, r#"{"employee_count": 12.50e1, "name": "\u00e9", "industry": null}"#);
        let kept = kept.unwrap();
        assert_eq!(kept[0].1, "12.50e1");
        assert_eq!(kept[1].1, r#""\u00e9""#);
        assert_eq!(kept[2].1, "null");
    }

    #[test]
    fn the_last_of_two_members_of_one_name_is_kept() {
        let kept = read(&COMPANY, r#"{"name": 5, "name": "b"}"#).unwrap();
        assert_eq!(kept, [("name".to_owned(), r#""b""#.to_owned())]);
    }

    #[test]
    fn duplicates_of_a_collection_are_kept_once() {
        let kept =
            read(&COMPANY, r#"{"domains": {"items": ["A.example", "b.example", "a.EXAMPLE"]}}"#);
        assert_eq!(kept.unwrap()[0].1, r#"{"items":["A.example","b.example"]}"#);
        let cleared = read(&COMPANY, r#"{"domains": {"items": []}}"#).unwrap();
        assert_eq!(cleared[0].1, "null");
        let twice = r#"{"domains": {"items": [1], "items": ["b.example"]}}"#;
        assert_eq!(read(&COMPANY, twice).unwrap()[0].1, r#"{"items":["b.example"]}"#);
    }

    #[test]
    fn a_collection_is_kept_in_one_form() {
        for (sent, expected) in [
            (r#"{"items":["a","b"]}"#, r#"{"items":["a","b"]}"#),
            (r#"{ "items": [ "a" , "b" ] }"#, r#"{"items":["a","b"]}"#),
            (r#"{"items":["\u0061","b"]}"#, r#"{"items":["a","b"]}"#),
            (r#"{"items":["a","A"]}"#, r#"{"items":["a"]}"#),
            (r#"{"items":["a\"b","c\/d"]}"#, r#"{"items":["a\"b","c/d"]}"#),
            (r#"{"items":[]}"#, "null"),
        ] {
            let kept = read(&COMPANY, &format!(r#"{{"domains":{sent}}}"#)).unwrap();
            assert_eq!(kept[0].1, expected, "{sent}");
        }
        let more = problem(&COMPANY, r#"{"domains":{"items":["a"],"x":[]}}"#);
        assert!(more.ends_with("a collection has no member but `items`"), "{more}");
    }

    #[test]
    fn a_message_is_one_line() {
        let problem = problem(&TASK, "{\"due_date\": {\n  \"year\": 2024\r\n}}");
        assert!(problem.ends_with(r#"found `{ "year": 2024 }`"#), "{problem}");
    }

    #[test]
    fn a_text_slot_takes_the_whole_name_of_a_person() {
        for name in [
            r#"{"first_name": "Ana", "full_name": "Ana Lee"}"#,
            r#"{"first_name": "Ana", "last_name": "Lee", "full_name": null}"#,
        ] {
            let kept = read(&PERSON, &format!(r#"{{"title": {name}}}"#));
            assert_eq!(kept.unwrap()[0].1, r#""Ana Lee""#);
        }
        for none in [r#"{"full_name": null}"#, r#"{"first_name": "", "last_name": null}"#] {
            let problem = problem(&PERSON, &format!(r#"{{"title": {none}}}"#));
            assert!(problem.contains("expected a string"), "{problem}");
        }
        assert!(problem(&PERSON, r#"{"title": {"a": 1}}"#).contains("expected a string"));
    }

    #[test]
    fn every_kind_says_what_it_expects() {
        let cases = [
            (&PERSON, r#"{"email_addresses": ["a@b.example"]}"#, "plain array"),
            (&PERSON, r#"{"email_addresses": "a@b.example"}"#, "expected a collection"),
            (&PERSON, r#"{"email_addresses": {"items": [], "x": 1}}"#, "no member but `items`"),
            (&PERSON, r#"{"phone_numbers": {"items": [" "]}}"#, "can't be empty"),
            (&PERSON, r#"{"name": {"nick": "A"}}"#, "/name/nick: a name has no such part"),
            (&PERSON, r#"{"company_id": 5}"#, "expected the id of a record"),
            (&COMPANY, r#"{"employee_count": "many"}"#, "expected a number"),
            (&COMPANY, r#"{"employee_count": 1000000000000}"#, "out of range"),
            (&MEETING, r#"{"start": "2024-03-01"}"#, "expected a date-time"),
            (&MEETING, r#"{"start": "2024-03-01 12:00:00Z"}"#, "expected a date-time"),
            (&MEETING, r#"{"start": "20240301T120000Z"}"#, "expected a date-time"),
            (&MEETING, r#"{"start": "2024-03-01T12:00:00"}"#, "expected a date-time"),
            (&MEETING, r#"{"start": "2024-03-01T12:00:00+01:00[Europe/Paris]"}"#, "a date-time"),
            (&MEETING, r#"{"start": "2024-03-01T12:00:00+25:00"}"#, "expected a date-time"),
            (&MEETING, r#"{"start": "2024-03-01T12:00:00-01:60"}"#, "expected a date-time"),
            (&MEETING, r#"{"start": "2024-03-01T12:00:00.Z"}"#, "expected a date-time"),
            (&MEETING, r#"{"start": "10000-01-01T00:00:00Z"}"#, "expected a date-time"),
            (&MEETING, r#"{"all_day": "yes"}"#, "expected `true` or `false`"),
            (&TASK, r#"{"due_date": "2024-02-30"}"#, "expected a date"),
            (&TASK, r#"{"due_date": "20240228"}"#, "expected a date"),
            (&TASK, r#"{"description": "plain"}"#, "expected rich text"),
            (&PERSON, r#"{"phone_numbers": {"items": [], "\ud800": 1}}"#, "it can't be read"),
            (&TASK, r#"{"status": "to do"}"#, "did you mean `To Do`? options are case-sensitive"),
            (&PERSON, r#"{"deals": null}"#, "a to-many link is not an attribute"),
            (&PERSON, r#"{"title": "\ud800"}"#, "can't be read: unexpected end of hex escape"),
            (&TASK, r#"{"priority": "Now"}"#, "the options are `Urgent`, `High`, `Medium`, `Low`"),
        ];
        for (object, json, expected) in cases {
            let problem = problem(object, json);
            assert!(problem.contains(expected), "{json}: {problem}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_said_to_be() {
        let deep = format!(r#"{{"location": {}{}}}"#, "[".repeat(200), "]".repeat(200));
        let problem = problem(&COMPANY, &deep);
        assert!(problem.contains("can't be read: recursion limit exceeded"), "{problem}");
    }

    #[test]
    fn date_times_may_have_a_fraction_and_an_offset() {
        for time in [
            "2024-03-01T12:00:00Z",
            "2024-03-01T12:00:00.125Z",
            "2024-03-01T12:00:00+01:00",
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59.999999999-23:59",
            "0001-01-01T00:00:00+23:59",
        ] {
            read(&MEETING, &format!(r#"{{"start": "{time}"}}"#)).unwrap();
        }
    }

    #[test]
    fn required_fields_must_be_there_and_stay() {
        const FIELDS: &[Field] = &[Field::new("number", Kind::Text).required()];
        const ORDER: &Object = &Object::new("c_order", FIELDS);
        assert_eq!(problem(ORDER, "{}"), "/number: `number` is required");
        let update = |json| validate(ORDER, serde_json::from_str(json).unwrap(), Write::Update);
        assert_eq!(update("{}"), []);
        assert_eq!(update(r#"{"number": null}"#).len(), 1);
    }

    #[test]
    fn numbers_out_of_range_are_a_400() {
        let raw: &RawValue = serde_json::from_str(r#"{"employee_count": 0.00001}"#).unwrap();
        assert_eq!(validate(&COMPANY, raw, Write::Create)[0].status, 400);
    }

    #[test]
    fn pointers_are_escaped() {
        assert!(problem(&PERSON, r#"{"a/b~c": 1}"#).starts_with("/a~1b~0c: "));
    }
}
