//! The links that lead to records which are no more: they are emptied, or lead on to another.

use clarify_attributes::Attributes;
use indexmap::IndexSet;

use super::apply::Applier;
use super::meta::Meta;
use super::relations::Ties;
use super::trouble::{Trouble, too_long};
use super::{Fault, Refusal, Served};
use crate::store::{LinkField, RecordKey, StoreError, Transaction};

/// How many records a refusal names.
const NAMED: usize = 5;

/// Empties the links that lead to these records. Where one of them is required, none is.
pub(super) fn empty(
    transaction: &mut Transaction<'_>,
    served: &Served,
    ties: &Ties,
    gone: &IndexSet<RecordKey>,
) -> Result<(), Refusal> {
    check(transaction, ties)?;
    let mut faults = Vec::new();
    for key in gone {
        let id = Applier::new(transaction, served).state(*key)?.id;
        for (source, links) in &ties.incoming {
            let linking = transaction.linking(links, &id)?;
            let linking: Vec<_> = linking.into_iter().filter(|key| !gone.contains(key)).collect();
            let mut applier = Applier::new(transaction, source);
            if is_required(source, links) && !linking.is_empty() {
                faults.push(needed(&applier, source, links, &id, &linking)?);
                continue;
            }
            for key in linking {
                applier.change(key, &value(links, "null"), &Meta::default()).map_err(failed)?;
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// Lets the links that lead to one record lead to another, but for those of the records that are
/// merged themselves.
pub(super) fn redirect(
    transaction: &mut Transaction<'_>,
    ties: &Ties,
    from: &str,
    to: &str,
    merged: &IndexSet<RecordKey>,
) -> Result<(), Refusal> {
    check(transaction, ties)?;
    for (source, links) in &ties.incoming {
        let linking = transaction.linking(links, from)?;
        let mut applier = Applier::new(transaction, source);
        for key in linking.into_iter().filter(|key| !merged.contains(key)) {
            let id = serde_json::Value::from(to).to_string();
            applier.change(key, &value(links, &id), &Meta::default()).map_err(failed)?;
        }
    }
    Ok(())
}

/// That the objects whose records are changed have the schemas that the ties were made from.
fn check(transaction: &mut Transaction<'_>, ties: &Ties) -> Result<(), StoreError> {
    ties.incoming.iter().try_for_each(|(source, _)| transaction.check(source.key, source.version))
}

fn is_required(source: &Served, links: &LinkField) -> bool {
    source.object.field(&links.field).is_some_and(|field| field.required)
}

/// A link, as a change to the record that has it.
fn value(links: &LinkField, json: &str) -> Attributes<'static> {
    Attributes::from_iter([(&links.field, json)])
}

fn needed(
    applier: &Applier<'_, '_>,
    source: &Served,
    links: &LinkField,
    id: &str,
    linking: &[RecordKey],
) -> Result<Fault, StoreError> {
    let count = linking.len();
    let states = applier.states(linking.get(..NAMED.min(count)).unwrap_or_default())?;
    let ids: Vec<_> = states.iter().map(|record| format!("`{}`", record.id)).collect();
    let more = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
    let (ids, field, object) = (ids.join(", "), &links.field, &source.object.name);
    let detail = format!("`{id}` is needed: `{field}` is required of `{object}` {ids}{more}");
    Ok(Fault::new(422, detail))
}

/// A link is no unique value, so only the store can fail.
fn failed(trouble: Trouble) -> Refusal {
    match trouble {
        Trouble::Store(error) => error.into(),
        Trouble::TooLong => too_long().into(),
        Trouble::Collision(detail) => Fault::new(400, detail).into(),
        Trouble::Missing(fields) | Trouble::Cleared(fields) => {
            Fault::new(422, format!("`{}` is required", fields.join("`, `"))).into()
        }
    }
}
