//! `meta` of updates: how a value that is sent goes together with the one that is kept.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use clarify_attributes::{Attributes, collection, collection_items, item_key};
use clarify_schema::{Kind, Object};
use indexmap::IndexMap;
use serde_json::Value;
use serde_json::value::RawValue;

use super::attributes::emptied;
use super::{Fault, Refusal, refusal};

/// How the values of an update go together with those that are kept, by the field's name. A field that
/// is not mentioned is replaced.
#[derive(Debug, Default)]
pub(super) struct Meta(HashMap<String, Manner>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// The items that are not there yet are added: a set union, which may be repeated.
    Append,
    /// The items are taken away.
    Remove,
    /// The elements of an array are added to those that are there.
    Extend,
    /// The members of an object are written over those that are there.
    Merge,
}

impl Meta {
    /// Reads `{"<field>": {"collection": "append" | "remove" | "replace"}}`, `{"array": "append"}` and
    /// `{"object": "merge"}`.
    pub(super) fn read(json: Option<&str>, object: &Object) -> Result<Self, Refusal> {
        let unreadable = |error| Fault::invalid("/meta", format!("it can't be read: {error}"));
        let fields = match json.map(serde_json::from_str).transpose().map_err(unreadable)? {
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

    /// Whether every value is to replace what is kept.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts what is kept into the values of `change` that are not to replace it. Gives the required
    /// fields that have no value then.
    pub(super) fn combine(
        &self,
        object: &Object,
        kept: &Attributes<'_>,
        change: &mut Cow<'_, Attributes<'_>>,
    ) -> Vec<String> {
        for (name, manner) in &self.0 {
            let Some(field) = object.field(name) else { continue };
            if let Some(sent) = change.get(name) {
                let kept = kept.get(name).unwrap_or_default();
                let combined = manner.combine(field.kind, kept, sent);
                change.to_mut().insert(name, &combined);
            }
        }
        let emptied = emptied(object, change).filter(|name| self.0.contains_key(*name));
        emptied.map(str::to_owned).collect()
    }
}

fn read_manner(object: &Object, name: &str, value: &Value) -> Result<Option<Manner>, Fault> {
    let invalid = |detail: String| Err(Fault::invalid(format!("/meta/{name}"), detail));
    let Some(field) = object.field(name) else {
        return invalid(format!("`{}` has no attribute `{name}`", object.name));
    };
    let said = |key: &str| value.get(key).and_then(Value::as_str);
    match (said("collection"), said("array"), said("object")) {
        (Some("replace"), None, None) => Ok(None),
        (Some("append"), None, None) if field.kind.is_collection() => Ok(Some(Manner::Append)),
        (Some("remove"), None, None) if field.kind.is_collection() => Ok(Some(Manner::Remove)),
        (Some("append" | "remove"), None, None) => {
            invalid(format!("`{name}` is no collection, and can only be replaced"))
        }
        (None, Some("append"), None) if is_free(field.kind) => Ok(Some(Manner::Extend)),
        (None, None, Some("merge")) if is_free(field.kind) => Ok(Some(Manner::Merge)),
        (None, Some("append"), None) | (None, None, Some("merge")) => {
            invalid(format!("`{name}` is no JSON of a form of its own, and can only be replaced"))
        }
        _ => invalid(
            "expected {\"collection\": \"append\"}, `\"remove\"` or `\"replace\"`, \
             {\"array\": \"append\"} or {\"object\": \"merge\"}"
                .to_owned(),
        ),
    }
}

/// Whether a field holds JSON of any form.
const fn is_free(kind: Kind) -> bool {
    matches!(kind, Kind::RichText | Kind::Location | Kind::Other)
}

impl Manner {
    /// What is to be kept of a value that is there and one that is sent, both as JSON.
    fn combine(self, kind: Kind, kept: &str, sent: &str) -> String {
        match self {
            Self::Append => union(kind, kept, sent),
            Self::Remove => {
                let gone: HashSet<_> =
                    collection_items(sent).iter().map(|item| key(kind, item)).collect();
                let mut items = collection_items(kept);
                items.retain(|item| !gone.contains(&key(kind, item)));
                collection(&items)
            }
            Self::Extend => extended(kept, sent).unwrap_or_else(|| sent.to_owned()),
            Self::Merge => merged(kept, sent).unwrap_or_else(|| sent.to_owned()),
        }
    }
}

/// The items of a collection, and those of another that it does not have.
pub(super) fn union(kind: Kind, kept: &str, more: &str) -> String {
    let mut all = collection_items(kept);
    let there: HashSet<_> = all.iter().map(|item| key(kind, item)).collect();
    all.extend(collection_items(more).into_iter().filter(|item| !there.contains(&key(kind, item))));
    collection(&all)
}

/// The options of a multi select are told apart by case; other items are not.
fn key(kind: Kind, item: &str) -> String {
    if kind == Kind::MultiSelect { item.to_owned() } else { item_key(item) }
}

/// Nothing where one of the two is no array. The elements stay as they were written.
fn extended(kept: &str, sent: &str) -> Option<String> {
    let mut all: Vec<&RawValue> = serde_json::from_str(kept).ok()?;
    all.extend(serde_json::from_str::<Vec<&RawValue>>(sent).ok()?);
    serde_json::to_string(&all).ok()
}

/// Nothing where one of the two is no object.
fn merged(kept: &str, sent: &str) -> Option<String> {
    let mut all: IndexMap<String, &RawValue> = serde_json::from_str(kept).ok()?;
    all.extend(serde_json::from_str::<IndexMap<String, &RawValue>>(sent).ok()?);
    serde_json::to_string(&all).ok()
}

#[cfg(test)]
mod tests {
    use clarify_schema::PERSON;

    use super::super::attributes::parse;
    use super::*;

    fn meta(json: &str) -> Result<Meta, Refusal> {
        Meta::read(Some(json), &PERSON)
    }

    fn combined(manner: &str, kept: &str, sent: &str) -> String {
        let meta =
            meta(&format!(r#"{{"email_addresses": {{"collection": "{manner}"}}}}"#)).unwrap();
        let of = |items: &str| format!(r#"{{"email_addresses": {items}}}"#);
        let (kept, sent) = (of(kept), of(sent));
        let mut change = Cow::Owned(parse(&sent));
        meta.combine(&PERSON, &parse(&kept), &mut change);
        change.get("email_addresses").unwrap().to_owned()
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
    fn a_required_collection_keeps_an_item() {
        const FIELDS: &[clarify_schema::Field] =
            &[clarify_schema::Field::new("tags", Kind::Texts).required()];
        let (object, tags) = (Object::new("c_a", FIELDS), r#"{"tags":{"items":["a"]}}"#);
        let remove = r#"{"tags":{"collection":"remove"}}"#;
        let meta = Meta::read(Some(remove), &object).unwrap();
        assert_eq!(meta.combine(&object, &parse(tags), &mut Cow::Owned(parse(tags))), ["tags"]);
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
        let unreadable = meta(r#"{"email_addresses": {"collection": "append"}, "x": 1e999}"#);
        assert!(unreadable.unwrap_err().faults[0].line().starts_with("/meta: it can't be read: "));
    }
}
