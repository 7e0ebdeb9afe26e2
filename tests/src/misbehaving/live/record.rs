//! Records as the dialect shows them.

use clarify_schema::{Field, Kind, Object};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::json::{self, Members};
use super::{Live, ids, times};

/// The user who makes and changes everything.
const USER: &str = "7d4e2f9a-1b3c-4d5e-8f6a-9c0b2d4e6f81";

/// A record of an answer.
pub(super) fn shown(live: &Live, object: &Object, mut record: Members) -> Members {
    let id = record.get("id").and_then(|id| json::text(id)).unwrap_or_default();
    let shown_id = live.ids.shown(object.id_prefix(), &id);
    let made_at = ids::made_at(object.id_prefix(), &id);
    json::change(&mut record, "id", |_| Some(json::of_text(&shown_id)));
    json::change(&mut record, "attributes", |attributes| {
        let mut attributes = json::members(attributes.get())?;
        complete(live, object, &mut attributes);
        system(&mut attributes, &shown_id, made_at);
        Some(json::of_members(&attributes))
    });
    record
}

/// Every field is there, with a value or with `null`. Links to many records are no attributes.
fn complete(live: &Live, object: &Object, attributes: &mut Members) {
    for field in object.fields.iter().filter(|field| field.kind != Kind::ToMany) {
        let name = field.name.to_string();
        let value = attributes.entry(name).or_insert_with(|| json::raw(&Value::Null));
        if let Some(shown) = value_of(live, field, value) {
            *value = shown;
        }
    }
}

/// The value in another form, where the dialect has one.
fn value_of(live: &Live, field: &Field, value: &RawValue) -> Option<Box<RawValue>> {
    let text = json::text(value)?;
    if field.kind == Kind::PersonName {
        return Some(json::raw(&name(&text)));
    }
    let target = live.objects.linked(field)?;
    Some(json::of_text(&live.ids.shown(target.id_prefix(), &text)))
}

/// The service keeps a name as one text; its first word counts as the first name.
fn name(full: &str) -> Value {
    let (first, last) = match full.split_once(' ') {
        Some((first, last)) => (first, Some(last)),
        None => (full, None),
    };
    json!({ "first_name": first, "last_name": last, "full_name": full })
}

fn system(attributes: &mut Members, id: &str, made_at: Option<u64>) {
    for moment in ["_created_at", "_updated_at"] {
        json::change(attributes, moment, |moment| {
            times::shown(&json::text(moment)?, made_at).map(|shown| json::of_text(&shown))
        });
    }
    let added = [
        ("_id", Value::from(id)),
        ("_created_by", Value::from(USER)),
        ("_updated_by", Value::from(USER)),
        ("_merged_ids", json!({ "items": [] })),
    ];
    for (member, value) in added {
        attributes.insert(member.to_owned(), json::raw(&value));
    }
}
