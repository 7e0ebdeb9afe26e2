//! Records as answers show them.

use clarify_attributes::push_text;
use clarify_schema::{Field, Kind, Object};
use indexmap::IndexMap;

use super::fields::Selection;
use super::time::Times;
use super::{attributes, names};
use crate::contract::{SystemField, Terms};
use crate::store::RecordRef;

/// How the records of one object are shown, and what writes them.
pub(super) struct Form<'f> {
    object: &'f Object,
    selection: Selection<'f>,
    contract: &'f Terms,
    times: &'f mut Times,
}

impl<'f> Form<'f> {
    pub(super) const fn new(
        object: &'f Object,
        selection: Selection<'f>,
        contract: &'f Terms,
        times: &'f mut Times,
    ) -> Self {
        Self { object, selection, contract, times }
    }

    /// Writes what is shown of one record, and the relationships that were asked for.
    pub(super) fn push(
        &mut self,
        json: &mut String,
        record: RecordRef<'_>,
        relationships: Option<&IndexMap<String, String>>,
    ) {
        self.push_attributes(json, record);
        json.push('}');
        if let Some(relationships) = relationships {
            push_relationships(json, relationships);
        }
        json.push('}');
    }

    /// Writes what a record was when it was deleted, and when that was: in seconds since the epoch.
    pub(super) fn push_deleted(
        &mut self,
        json: &mut String,
        record: RecordRef<'_>,
        deleted_at: i64,
    ) {
        self.push_attributes(json, record);
        push_name(json, "_deleted_at");
        json.push_str(&deleted_at.div_euclid(1000).to_string());
        json.push_str("}}");
    }

    /// Writes a record up to the end of its attributes, which are still to be closed.
    fn push_attributes(&mut self, json: &mut String, record: RecordRef<'_>) {
        let Self { object, selection, contract, .. } = *self;
        json.push_str("{\"id\":");
        push_text(json, record.id);
        // Its name holds nothing that JSON escapes.
        json.extend([",\"type\":\"", &*object.name, "\",\"attributes\":{"]);
        if contract.shows_null {
            push_every(json, object, record.attributes, selection, contract);
        } else {
            push_kept(json, object, record.attributes, selection, contract);
        }
        for field in contract.system_fields.iter().filter(|field| selection.shows(field.name())) {
            push_name(json, field.name());
            self.push_system(json, *field, record);
        }
    }

    fn push_system(&mut self, json: &mut String, field: SystemField, record: RecordRef<'_>) {
        match field {
            SystemField::Id => push_text(json, record.id),
            SystemField::CreatedAt => self.push_time(json, record.created_at),
            SystemField::UpdatedAt => self.push_time(json, record.updated_at),
            SystemField::CreatedBy | SystemField::UpdatedBy => push_text(json, USER),
            SystemField::MergedIds => {
                let ids = record.merged_ids.unwrap_or("[]");
                json.extend(["{\"items\":", ids, "}"]);
            }
        }
    }

    fn push_time(&mut self, json: &mut String, moment: i64) {
        json.push('"');
        self.times.push(json, moment);
        json.push('"');
    }
}

fn push_relationships(json: &mut String, relationships: &IndexMap<String, String>) {
    json.push_str(",\"relationships\":{");
    for (name, relationship) in relationships {
        push_name(json, name);
        json.push_str(relationship);
    }
    json.push('}');
}

/// The attributes that are kept are spliced in, and read only where some of them are left out, or
/// may be shown otherwise.
fn push_kept(
    json: &mut String,
    object: &Object,
    kept: &str,
    selection: Selection<'_>,
    contract: &Terms,
) {
    let has_name = || object.fields.iter().any(|field| field.kind == Kind::PersonName);
    let is_as_kept = || !has_name() || !kept.contains(names::MARK);
    if matches!(selection, Selection::All) && is_as_kept() {
        let members = kept.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        json.push_str(members.unwrap_or_default());
        return;
    }
    let members = attributes::members(kept);
    for (name, value) in members.iter().filter(|(name, _)| selection.shows(name)) {
        push_name(json, name);
        push_value(json, object.field(name), value, contract);
    }
}

/// Every field, in the object's order. A link to many records is no attribute.
fn push_every(
    json: &mut String,
    object: &Object,
    kept: &str,
    selection: Selection<'_>,
    contract: &Terms,
) {
    let kept = attributes::members(kept);
    let shown = |field: &&Field| field.kind != Kind::ToMany && selection.shows(&field.name);
    for field in object.fields.iter().filter(shown) {
        push_name(json, &field.name);
        let value = kept.get(&field.name).unwrap_or("null");
        push_value(json, Some(field), value, contract);
    }
}

/// What is kept is shown as it is, but for a name that was written under another contract.
fn push_value(json: &mut String, field: Option<&Field>, value: &str, contract: &Terms) {
    match field {
        Some(field) if field.kind == Kind::PersonName => {
            json.push_str(&names::in_form(value, contract.person_name));
        }
        _ => json.push_str(value),
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

/// Who makes and changes everything: all requests come with one key.
pub(super) const USER: &str = "00000000-0000-7000-8000-000000000001";

#[cfg(test)]
mod tests {
    use clarify_schema::PERSON;

    use super::*;
    use crate::store::RecordKey;

    fn shown(attributes: &str, selection: Selection<'_>) -> String {
        shown_under(&Terms::DOCUMENTED, attributes, selection)
    }

    fn shown_under(contract: &Terms, attributes: &str, selection: Selection<'_>) -> String {
        let record = RecordRef {
            key: RecordKey(1),
            id: "per_\"1",
            created_at: 0,
            updated_at: 1500,
            attributes,
            merged_ids: None,
        };
        let mut json = String::new();
        let mut times = Times::new(contract.second_digits);
        Form::new(&PERSON, selection, contract, &mut times).push(&mut json, record, None);
        json
    }

    const START: &str = r#"{"id":"per_\"1","type":"person","attributes":{"#;

    #[test]
    fn the_times_follow_the_attributes() {
        let times =
            r#""_created_at":"1970-01-01T00:00:00Z","_updated_at":"1970-01-01T00:00:01Z"}}"#;
        assert_eq!(shown("{}", Selection::All), format!("{START}{times}"));
        let expected = format!(r#"{START}"a":1.10,{times}"#);
        assert_eq!(shown(r#"{"a":1.10}"#, Selection::All), expected);
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
            let names = names.map(str::to_owned).collect();
            let expected = format!("{START}{}}}}}", join(&chosen));
            assert_eq!(shown(&kept, Selection::Named(&names)), expected);
        }
    }

    #[test]
    fn a_name_is_shown_in_the_contracts_form_however_it_is_kept() {
        const PARTS: &str = r#"{"first_name":"Ana","last_name":"Lee","full_name":"Ana Lee"}"#;
        let names = ["name".to_owned()].into_iter().collect();
        let name = || Selection::Named(&names);
        for kept in [r#"{"name":"Ana Lee"}"#.to_owned(), format!(r#"{{"name":{PARTS}}}"#)] {
            let documented = format!(r#"{START}"name":"Ana Lee"}}}}"#);
            assert_eq!(shown_under(&Terms::DOCUMENTED, &kept, name()), documented);
            let live = format!(r#"{START}"name":{PARTS}}}}}"#);
            assert_eq!(shown_under(&Terms::LIVE, &kept, name()), live);
        }
        let kept = format!(r#"{{"name":{PARTS},"title":"VP"}}"#);
        let all = shown(&kept, Selection::All);
        assert!(all.starts_with(&format!(r#"{START}"name":"Ana Lee","title":"VP","#)), "{all}");
    }

    #[test]
    fn every_field_is_shown_where_nulls_are() {
        let names = ["title", "name", "_id", "_merged_ids", "labels", "_created_at"];
        let names = names.map(str::to_owned).into_iter().collect();
        let selection = Selection::Named(&names);
        let expected = format!(
            r#"{START}"name":null,"title":"VP","labels":null,"_id":"per_\"1","_created_at":"1970-01-01T00:00:00.000Z","_merged_ids":{{"items":[]}}}}}}"#
        );
        assert_eq!(shown_under(&Terms::LIVE, r#"{"title":"VP"}"#, selection), expected);
    }
}
