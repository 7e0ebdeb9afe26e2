//! Records as answers show them.

use clarify_schema::Object;

use super::fields::Selection;
use super::{attributes, time};
use crate::contract::{Contract, SystemField};
use crate::store::Record;

/// Writes what is shown of one record.
pub(super) fn push_record(
    json: &mut String,
    object: &Object,
    record: &Record,
    selection: &Selection<'_>,
    contract: &Contract,
) {
    json.push_str("{\"id\":");
    push_text(json, &record.id);
    json.push_str(",\"type\":");
    push_text(json, &object.name);
    json.push_str(",\"attributes\":{");
    push_kept(json, &record.attributes, selection);
    for field in contract.system_fields.iter().filter(|field| selection.shows(field.name())) {
        push_name(json, field.name());
        push_system(json, *field, record, contract);
    }
    json.push_str("}}");
}

/// The attributes that are kept are spliced in, and read only where some of them are left out.
fn push_kept(json: &mut String, kept: &str, selection: &Selection<'_>) {
    if matches!(selection, Selection::All) {
        let members = kept.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        json.push_str(members.unwrap_or_default());
        return;
    }
    for (name, value) in attributes::members(kept).filter(|(name, _)| selection.shows(name)) {
        push_name(json, name);
        json.push_str(value);
    }
}

/// A member up to its value. Its name holds nothing that JSON escapes.
fn push_name(json: &mut String, name: &str) {
    // No value ends with a brace that opens: before the first name alone there is one.
    if !json.ends_with('{') {
        json.push(',');
    }
    json.extend(["\"", name, "\":"]);
}

fn push_system(json: &mut String, field: SystemField, record: &Record, contract: &Contract) {
    let moment = match field {
        SystemField::CreatedAt => record.created_at,
        SystemField::UpdatedAt => record.updated_at,
    };
    json.push('"');
    time::push(json, moment, contract.second_digits);
    json.push('"');
}

fn push_text(json: &mut String, text: &str) {
    json.push_str(&serde_json::Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use clarify_schema::PERSON;

    use super::*;
    use crate::store::RecordKey;

    fn shown(attributes: &str, selection: &Selection<'_>) -> String {
        let record = Record {
            key: RecordKey(1),
            id: "per_\"1".to_owned(),
            created_at: 0,
            updated_at: 1500,
            attributes: attributes.to_owned(),
        };
        let mut json = String::new();
        push_record(&mut json, &PERSON, &record, selection, &Contract::DOCUMENTED);
        json
    }

    const START: &str = r#"{"id":"per_\"1","type":"person","attributes":{"#;

    #[test]
    fn the_times_follow_the_attributes() {
        let times =
            r#""_created_at":"1970-01-01T00:00:00Z","_updated_at":"1970-01-01T00:00:01Z"}}"#;
        assert_eq!(shown("{}", &Selection::All), format!("{START}{times}"));
        let expected = format!(r#"{START}"a":1.10,{times}"#);
        assert_eq!(shown(r#"{"a":1.10}"#, &Selection::All), expected);
    }

    #[test]
    fn each_selection_leaves_the_text_of_what_it_shows() {
        let members = [
            ("a", r#""a":1.50e2"#),
            ("b", r#""b":{"items":["{","\u00fc"]}"#),
            ("c", r#""c":999999999999.9999"#),
            ("d", r#""d":[ {"a" : 1.0} ]"#),
            ("_created_at", r#""_created_at":"1970-01-01T00:00:00Z""#),
            ("_updated_at", r#""_updated_at":"1970-01-01T00:00:01Z""#),
        ];
        let join =
            |chosen: &[(&str, &str)]| chosen.iter().map(|m| m.1).collect::<Vec<_>>().join(",");
        let kept = format!("{{{}}}", join(&members[..4]));
        for choice in 0..1_u32 << members.len() {
            let chosen = (0..members.len()).filter(|at| choice >> at & 1 == 1);
            let chosen: Vec<_> = chosen.map(|at| members[at]).collect();
            // What a record does not have is not shown, and the order is the record's.
            let names = ["z"].into_iter().chain(chosen.iter().rev().map(|member| member.0));
            let expected = format!("{START}{}}}}}", join(&chosen));
            assert_eq!(shown(&kept, &Selection::Named(names.collect())), expected);
        }
    }
}
