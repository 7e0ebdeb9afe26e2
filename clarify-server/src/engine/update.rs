//! Updates, alone and in bulk.

use std::collections::HashSet;
use std::sync::Arc;

use super::apply::{Applier, apply_all};
use super::body::{self, IdRule, Item};
use super::meta::Meta;
use super::{Engine, Fault, Refusal, Served, no_such_record};
use crate::store::{Record, RecordKey, Transaction};

impl Engine {
    /// Changes one record and shows it.
    pub(crate) async fn update(
        &self,
        object: Arc<Served>,
        id: &str,
        body: &[u8],
    ) -> Result<String, Refusal> {
        let envelope = body::read_envelope(body)?;
        let reader = body::reader(&object, self.contract, IdRule::Expected(id));
        let item = body::read_single(&envelope, reader)?;
        let meta = Meta::read(envelope.get("meta").copied(), &object.object)?;
        let (served, id) = (Arc::clone(&object), id.to_owned());
        let write = move |transaction: &mut Transaction<'_>| {
            update_one(transaction, &served, &id, item, &meta)
        };
        let record = self.store.write(write).await?;
        Ok(self.render(&object, &record))
    }

    /// Changes many records, all of them or none, and shows one for each that was sent.
    pub(crate) async fn update_bulk(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<Vec<String>, Refusal> {
        let envelope = body::read_envelope(body)?;
        let reader = body::reader(&object, self.contract, IdRule::Required);
        let items = body::read_many(&envelope, reader, Some(self.contract.max_bulk))?;
        let meta = Meta::read(envelope.get("meta").copied(), &object.object)?;
        let served = Arc::clone(&object);
        let write =
            move |transaction: &mut Transaction<'_>| update_all(transaction, &served, items, &meta);
        let records = self.store.write(write).await?;
        Ok(records.iter().map(|record| self.render(&object, record)).collect())
    }
}

fn update_one(
    transaction: &mut Transaction<'_>,
    served: &Served,
    id: &str,
    item: Item,
    meta: &Meta,
) -> Result<Record, Refusal> {
    let mut applier = Applier::new(transaction, served);
    let key = applier.find(id)?.ok_or_else(|| no_such_record(served, id))?;
    match applier.change(key, item.attributes, meta) {
        Ok(key) => Ok(applier.state(key)?),
        Err(trouble) => Err(trouble.at("/data", served)?.into()),
    }
}

fn update_all(
    transaction: &mut Transaction<'_>,
    served: &Served,
    items: Vec<Item>,
    meta: &Meta,
) -> Result<Vec<Record>, Refusal> {
    let mut applier = Applier::new(transaction, served);
    let ids = items.iter().map(|item| item.id.as_deref().unwrap_or_default());
    let keys = find_all(&mut applier, served, ids, |index| format!("/data/{index}/id"))?;
    let changes = keys.iter().copied().zip(items.into_iter().map(|item| item.attributes));
    let change = |(key, attributes)| applier.change(key, attributes, meta);
    apply_all(changes.collect(), served, |index| format!("/data/{index}"), change)?;
    Ok(applier.states(&keys)?)
}

/// The records of these ids; every id that is unknown is a fault, once.
pub(super) fn find_all<'i>(
    applier: &mut Applier<'_, '_>,
    served: &Served,
    ids: impl Iterator<Item = &'i str>,
    at: impl Fn(usize) -> String,
) -> Result<Vec<RecordKey>, Refusal> {
    let mut keys = Vec::new();
    let mut faults: Vec<Fault> = Vec::new();
    let mut unknown = HashSet::new();
    for (index, id) in ids.enumerate() {
        match applier.find(id)? {
            Some(key) => keys.push(key),
            None if unknown.insert(id) => faults.push(no_such_record(served, id).at(at(index))),
            None => {}
        }
    }
    if faults.is_empty() { Ok(keys) } else { Err(faults.into()) }
}
