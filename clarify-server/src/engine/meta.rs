//! `meta` of updates: how a collection that is sent goes together with the one that is kept.

use std::collections::{HashMap, HashSet};

use clarify_schema::{Attributes, Kind, Object, item_key};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{Fault, Refusal, refusal};

/// How the collections of an update go together with those that are kept, by the field's name. A
/// field that is not mentioned is replaced.
#[derive(Debug, Default)]
pub(super) struct Meta(HashMap<String, Manner>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// The items that are not there yet are added: a set union, which may be repeated.
    Append,
    /// The items are taken away.
    Remove,
}

impl Meta {
    /// Reads `{"<field>": {"collection": "append" | "remove" | "replace"}}`.
    pub(super) fn read(raw: Option<&RawValue>, object: &Object) -> Result<Self, Refusal> {
        let value = raw.and_then(|raw| serde_json::from_str(raw.get()).ok());
        let fields = match value {
            None | Some(Value::Null) => return Ok(Self::default()),
            Some(Value::Object(fields)) => fields,
            Some(_) => return Err(Fault::invalid("/meta", "expected an object").into()),
        };
        let read = |(name, value): (&String, &Value)| {
            let manner = read_manner(object, name, value);
            manner.map(|manner| (name.clone(), manner)).map_err(|fault| vec![fault])
        };
        let manners = refusal::all(fields.iter().map(read).collect())?;
        Ok(Self(manners.into_iter().filter_map(|(name, manner)| Some((name, manner?))).collect()))
    }

    /// Puts what is kept into the collections of `change` that are not to replace it.
    pub(super) fn combine(&self, object: &Object, kept: &Attributes, change: &mut Attributes) {
        for (name, manner) in &self.0 {
            let Some(field) = object.field(name) else { continue };
            if let Some(sent) = change.get_mut(name) {
                let kept = kept.get(name).map(String::as_str).unwrap_or_default();
                *sent = manner.combine(field.kind, items(kept), items(sent));
            }
        }
    }
}

fn read_manner(object: &Object, name: &str, value: &Value) -> Result<Option<Manner>, Fault> {
    let invalid = |detail: String| Err(Fault::invalid(format!("/meta/{name}"), detail));
    match object.field(name) {
        None => return invalid(format!("`{}` has no attribute `{name}`", object.name)),
        Some(field) if !field.kind.is_collection() => {
            return invalid(format!("`{name}` is no collection, and can only be replaced"));
        }
        Some(_) => {}
    }
    match value.get("collection").and_then(Value::as_str) {
        Some("append") => Ok(Some(Manner::Append)),
        Some("remove") => Ok(Some(Manner::Remove)),
        Some("replace") => Ok(None),
        _ => invalid(
            "expected {\"collection\": \"append\"}, `\"remove\"` or `\"replace\"`".to_owned(),
        ),
    }
}

impl Manner {
    fn combine(self, kind: Kind, mut kept: Vec<String>, sent: Vec<String>) -> String {
        // The options of a multi select are told apart by case; other items are not.
        let key = |item: &String| match kind {
            Kind::MultiSelect => item.clone(),
            _ => item_key(item),
        };
        match self {
            Self::Append => {
                let there: HashSet<_> = kept.iter().map(key).collect();
                kept.extend(sent.into_iter().filter(|item| !there.contains(&key(item))));
            }
            Self::Remove => {
                let gone: HashSet<_> = sent.iter().map(key).collect();
                kept.retain(|item| !gone.contains(&key(item)));
            }
        }
        if kept.is_empty() { "null".to_owned() } else { json!({ "items": kept }).to_string() }
    }
}

/// The items of a collection as it is kept; none where there is none.
fn items(json: &str) -> Vec<String> {
    let collection: Value = serde_json::from_str(json).unwrap_or_default();
    let items = collection.get("items").and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use clarify_schema::PERSON;

    use super::super::attributes::parse;
    use super::*;

    fn meta(json: &str) -> Result<Meta, Refusal> {
        Meta::read(Some(serde_json::from_str(json).unwrap()), &PERSON)
    }

    fn combined(manner: &str, kept: &str, sent: &str) -> String {
        let meta =
            meta(&format!(r#"{{"email_addresses": {{"collection": "{manner}"}}}}"#)).unwrap();
        let mut change = parse(&format!(r#"{{"email_addresses": {sent}}}"#));
        meta.combine(&PERSON, &parse(&format!(r#"{{"email_addresses": {kept}}}"#)), &mut change);
        change["email_addresses"].clone()
    }

    #[test]
    fn appending_is_a_union_without_regard_to_case() {
        let (kept, sent) =
            (r#"{"items":["a@x.example"]}"#, r#"{"items":["A@X.example","b@x.example"]}"#);
        let both = r#"{"items":["a@x.example","b@x.example"]}"#;
        assert_eq!(combined("append", kept, sent), both);
        assert_eq!(combined("append", both, sent), both);
        assert_eq!(combined("append", "null", sent), sent);
        assert_eq!(combined("replace", kept, sent), sent);
    }

    #[test]
    fn removing_takes_what_is_there() {
        let (kept, sent) = (
            r#"{"items":["a@x.example","b@x.example"]}"#,
            r#"{"items":["B@X.example","c@x.example"]}"#,
        );
        assert_eq!(combined("remove", kept, sent), r#"{"items":["a@x.example"]}"#);
        assert_eq!(combined("remove", sent, sent), "null");
    }

    #[test]
    fn every_mistake_is_named() {
        let json = r#"{"title": {"collection": "append"}, "nme": {}, "domains": 1, "labels": {"collection": "add"}}"#;
        let lines: Vec<_> = meta(json).unwrap_err().faults.iter().map(Fault::line).collect();
        let title = "/meta/title: `title` is no collection, and can only be replaced";
        assert!(lines.iter().any(|line| line == title), "{lines:?}");
        assert!(lines.iter().any(|line| line == "/meta/nme: `person` has no attribute `nme`"));
        assert_eq!(lines.len(), 4);
        assert!(meta("[]").is_err() && meta("{}").is_ok() && meta("null").is_ok());
    }
}
