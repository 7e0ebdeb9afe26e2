//! What is kept of a record once more, beside its attributes: what it is matched on, and its to-one
//! links.

use clarify_attributes::Attributes;
use clarify_schema::Kind;

use super::attributes::link_id;
use super::relations::links_of;
use super::trouble::Trouble;
use super::{Served, unique};
use crate::store::{RecordKey, StoreError, Transaction};

/// Whether something of a field is.
pub(super) fn has(served: &Served, field: &str) -> bool {
    let field = served.object.field(field);
    field.is_some_and(|field| field.unique || field.kind == Kind::ToOne)
}

/// Whether a change of attributes changes some of it.
pub(super) fn moves(served: &Served, kept: &Attributes<'_>, change: &Attributes<'_>) -> bool {
    let differs = |name, json| kept.get(name).unwrap_or("null") != json;
    change.iter().any(|(name, json)| has(served, name) && differs(name, json))
}

/// Gives a record the unique keys that it has now, unless another has one of them.
pub(super) fn move_keys(
    transaction: &mut Transaction<'_>,
    served: &Served,
    record: RecordKey,
    before: &Attributes<'_>,
    after: &Attributes<'_>,
) -> Result<(), Trouble> {
    let before = unique::keys(&served.object, before);
    let after = unique::keys(&served.object, after);
    if before == after {
        return Ok(());
    }
    let holders = transaction.holders()?.all(served.key, &after)?;
    if let Some(other) = holders.iter().find(|holder| holder.key != record) {
        return Err(Trouble::taken(served, other));
    }
    for gone in before.iter().filter(|key| !after.contains(key)) {
        transaction.release(served.key, gone)?;
    }
    for new in after.iter().filter(|key| !before.contains(key)) {
        transaction.claim(served.key, new, record)?;
    }
    Ok(())
}

/// Notes what a record's to-one links name now.
pub(super) fn move_links(
    transaction: &mut Transaction<'_>,
    served: &Served,
    record: RecordKey,
    before: &Attributes<'_>,
    after: &Attributes<'_>,
) -> Result<(), StoreError> {
    for field in served.object.fields.iter().filter(|field| field.kind == Kind::ToOne) {
        let id = |attributes: &Attributes<'_>| attributes.get(&field.name).and_then(link_id);
        let (before, after) = (id(before), id(after));
        if before == after {
            continue;
        }
        let links = links_of(served, &field.name);
        if let Some(before) = before {
            transaction.unlink(&links, &before, record)?;
        }
        if let Some(after) = after {
            transaction.link(&links, &after, record)?;
        }
    }
    Ok(())
}
