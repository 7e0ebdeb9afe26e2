//! Links between records, as requests write them.

use clarify_attributes::Attributes;
use serde_json::{Map, Value};

use super::apply::Applier;
use super::attributes;
use super::meta::Meta;
use super::relations::{Relation, Way};
use super::{Fault, Refusal, Served, no_such_record};
use crate::store::{LinkField, RecordKey, StoreError, Transaction};

/// How many links one request writes.
pub(crate) const MOST: usize = 1000;

/// A record that is to be linked, and where the body names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) id: String,
    pub(super) at: String,
}

/// A record that is there, and where the body names it.
type Named<'r> = (RecordKey, &'r str);

/// What becomes of the links that a request names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// They are made. Of a to-one and a many-to-many relationship, no others are left.
    Set,
    /// They are taken away.
    Remove,
}

/// The references at `at`, which is a list of them, one, or none; and everything that is wrong with
/// the others.
pub(super) fn read(
    json: Option<&str>,
    relation: &Relation,
    at: &str,
) -> (Vec<Reference>, Vec<Fault>) {
    let only = |detail: String| (Vec::new(), vec![Fault::invalid(at, detail)]);
    let items = match json.and_then(|json| serde_json::from_str(json).ok()) {
        Some(Value::Array(items)) if items.len() > MOST => {
            return only(format!("expected at most {MOST}, found {}", items.len()));
        }
        Some(Value::Array(items)) => {
            let at = |index| format!("{at}/{index}");
            (0..).zip(items).map(|(index, item): (usize, _)| (item, at(index))).collect()
        }
        Some(Value::Null) => Vec::new(),
        Some(one @ Value::Object(_)) => vec![(one, at.to_owned())],
        _ => return only("expected a list of `{type, id}`".to_owned()),
    };
    let (mut references, mut faults) = (Vec::new(), Vec::new());
    if matches!(relation.way, Way::ToOne) && items.len() > 1 {
        let detail = format!("`{}` links to one record, found {}", relation.field, items.len());
        faults.push(Fault::invalid(at, detail));
    }
    for (item, at) in items {
        let (reference, wrong) = reference(&item, relation, at);
        references.extend(reference);
        faults.extend(wrong);
    }
    (references, faults)
}

/// Nothing where the id is null, which clears a to-one link, or something is wrong.
fn reference(item: &Value, relation: &Relation, at: String) -> (Option<Reference>, Vec<Fault>) {
    let none = Map::new();
    let members = item.as_object().unwrap_or(&none);
    let mut faults = Vec::new();
    if members.get("type").and_then(Value::as_str) != Some(&relation.target) {
        let detail = format!("`{}` leads to records of `{}`", relation.field, relation.target);
        faults.push(Fault::invalid(format!("{at}/type"), detail));
    }
    let id = match members.get("id") {
        Some(Value::String(id)) if !id.is_empty() => Some(id.clone()),
        Some(Value::Null) if matches!(relation.way, Way::ToOne) => None,
        _ => {
            faults.push(Fault::invalid(format!("{at}/id"), "expected the id of a record"));
            None
        }
    };
    (id.filter(|_| faults.is_empty()).map(|id| Reference { id, at }), faults)
}

/// Writes the links of one record, or finds everything that keeps it from doing so.
pub(super) fn write(
    transaction: &mut Transaction<'_>,
    served: &Served,
    relation: &Relation,
    record: RecordKey,
    references: &[Reference],
    manner: Manner,
) -> Result<(), Refusal> {
    let (others, unknown) = find(transaction, relation, references)?;
    if !unknown.is_empty() {
        return Err(unknown.into());
    }
    match &relation.way {
        Way::ToOne => write_one(transaction, served, relation, record, references, manner),
        Way::Children(links) => {
            let Some(target) = &relation.served else { return Ok(()) };
            let parent = Applier::new(transaction, served).state(record)?.id;
            write_children(transaction, target, links, &parent, &others, manner)
        }
        Way::Pairs { there, back } => {
            if manner == Manner::Set {
                for other in transaction.paired(there, record)? {
                    transaction.unpair(there, record, back, other)?;
                }
            }
            for (other, _) in others {
                match manner {
                    Manner::Set => transaction.pair(there, record, back, other)?,
                    Manner::Remove => transaction.unpair(there, record, back, other)?,
                }
            }
            Ok(())
        }
    }
}

/// The records that are named, each with its place in the body; and that there are no others.
pub(super) fn find<'r>(
    transaction: &mut Transaction<'_>,
    relation: &Relation,
    references: &'r [Reference],
) -> Result<(Vec<Named<'r>>, Vec<Fault>), StoreError> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let Some(target) = &relation.served else { return Ok((found, faults)) };
    transaction.check(target.key, target.version)?;
    let mut applier = Applier::new(transaction, target);
    for Reference { id, at } in references {
        match applier.find(id)? {
            Some(key) => found.push((key, at.as_str())),
            None => faults.push(no_such_record(target, id).at(format!("{at}/id"))),
        }
    }
    Ok((found, faults))
}

fn write_one(
    transaction: &mut Transaction<'_>,
    served: &Served,
    relation: &Relation,
    record: RecordKey,
    references: &[Reference],
    manner: Manner,
) -> Result<(), Refusal> {
    let mut applier = Applier::new(transaction, served);
    let wanted = references.first().map(|reference| reference.id.as_str());
    let now = attributes::link(&applier.state(record)?.attributes, &relation.field);
    let value = match manner {
        Manner::Set => wanted.map(str::to_owned),
        Manner::Remove if now.as_deref() != wanted => return Ok(()),
        Manner::Remove => None,
    };
    let at = references.first().map_or("/data", |reference| &reference.at);
    change(&mut applier, served, record, &relation.field, value.as_deref(), at)
        .map_err(|faults| faults.into())
}

fn write_children(
    transaction: &mut Transaction<'_>,
    target: &Served,
    links: &LinkField,
    parent: &str,
    children: &[Named<'_>],
    manner: Manner,
) -> Result<(), Refusal> {
    let mut applier = Applier::new(transaction, target);
    let mut faults = Vec::new();
    for (child, at) in children {
        let now = attributes::link(&applier.state(*child)?.attributes, &links.field);
        let is_linked = now.as_deref() == Some(parent);
        let value = match manner {
            Manner::Set => Some(parent),
            Manner::Remove => None,
        };
        if is_linked == value.is_some() {
            continue;
        }
        faults.extend(
            change(&mut applier, target, *child, &links.field, value, at).err().unwrap_or_default(),
        );
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// Changes one to-one link.
fn change(
    applier: &mut Applier<'_, '_>,
    served: &Served,
    record: RecordKey,
    field: &str,
    id: Option<&str>,
    at: &str,
) -> Result<(), Vec<Fault>> {
    if id.is_none() && served.object.field(field).is_some_and(|field| field.required) {
        let detail =
            format!("`{field}` of `{}` is required: it can't be cleared", served.object.name);
        return Err(vec![Fault::invalid(at, detail)]);
    }
    let value = Value::from(id).to_string();
    let change = Attributes::from_iter([(field, value)]);
    match applier.change(record, &change, &Meta::default()) {
        Ok(_) => Ok(()),
        Err(trouble) => Err(trouble
            .at(at, served)
            .unwrap_or_else(|error: StoreError| Refusal::from(error).faults)),
    }
}
