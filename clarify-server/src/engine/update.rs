//! Updates, alone and in bulk.

use std::iter;
use std::sync::Arc;

use clarify_attributes::Attributes;

use super::apply::Applier;
use super::body::{self, IdRule, Item};
use super::meta::Meta;
use super::trouble::apply_all;
use super::written::Written;
use super::{Batch, Engine, Fault, Refusal, Served, no_such_record};
use crate::store::{RecordKey, StoreError, Transaction, Undo};

impl Engine {
    /// Changes one record and shows it.
    pub(crate) async fn update(
        &self,
        object: Arc<Served>,
        id: &str,
        body: &[u8],
    ) -> Result<String, Refusal> {
        if object.object.is_custom() && !self.contract.updates_custom_alone {
            return Err(Fault::new(500, "Internal server error").into());
        }
        self.with_current(object, |object| self.update_now(object, id, body)).await
    }

    async fn update_now(
        &self,
        object: Arc<Served>,
        id: &str,
        body: &[u8],
    ) -> Result<String, Refusal> {
        let envelope = body::read_envelope(body)?;
        let reader = body::reader(&object, self.contract, IdRule::Expected(id));
        let change = body::read_single(&envelope, reader)?.ready()?;
        let meta = Meta::read(envelope.meta, &object.object)?;
        let (served, id) = (Arc::clone(&object), id.to_owned());
        let written = Written::with_room_for(1, iter::once(&change));
        let write = move |transaction: &mut Transaction<'_>, change: &Attributes<'_>| {
            update_one(transaction, &served, &id, change, &meta, written)
        };
        let written = self.write_given(Undo::Alone, &object, change, write).await?;
        Ok(self.show_written(&object, &written).records)
    }

    /// Changes many records, all of them or none, and shows one for each that was sent.
    pub(crate) async fn update_bulk(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<Batch, Refusal> {
        self.with_current(object, |object| self.update_bulk_now(object, body)).await
    }

    async fn update_bulk_now(&self, object: Arc<Served>, body: &[u8]) -> Result<Batch, Refusal> {
        let envelope = body::read_envelope(body)?;
        let reader = body::reader(&object, self.contract, IdRule::Required);
        let items = body::read_many(&envelope, reader, Some(self.contract.max_bulk))?;
        let meta = Meta::read(envelope.meta, &object.object)?;
        let served = Arc::clone(&object);
        let written =
            Written::with_room_for(items.len(), items.iter().map(|item| &item.attributes));
        let write = move |transaction: &mut Transaction<'_>, items: &Vec<Item>| {
            update_all(transaction, &served, items, &meta, written)
        };
        let written = self.write_given(Undo::Alone, &object, items, write).await?;
        Ok(self.show_written(&object, &written))
    }
}

fn update_one(
    transaction: &mut Transaction<'_>,
    served: &Served,
    id: &str,
    change: &Attributes<'_>,
    meta: &Meta,
    mut written: Written,
) -> Result<Written, Refusal> {
    let mut applier = Applier::new(transaction, served);
    let key = applier.find(id)?.ok_or_else(|| no_such_record(served, id))?;
    match applier.change(key, change, meta) {
        Ok(key) => applier.fill(&mut written, &[key])?,
        Err(trouble) => return Err(trouble.at("/data", served)?.into()),
    }
    Ok(written)
}

fn update_all(
    transaction: &mut Transaction<'_>,
    served: &Served,
    items: &[Item],
    meta: &Meta,
    mut written: Written,
) -> Result<Written, Refusal> {
    let mut applier = Applier::new(transaction, served);
    let targets = items.iter().enumerate();
    let targets: Vec<_> = targets
        .map(|(index, item)| target(&mut applier, served, index, item))
        .collect::<Result<_, _>>()?;
    let change = |(key, attributes)| applier.change(key, attributes, meta);
    let keys = apply_all(targets, served, |index| format!("/data/{index}"), change)?;
    applier.fill(&mut written, &keys)?;
    Ok(written)
}

/// The record that an item changes and how, or everything that is wrong with the item.
fn target<'i>(
    applier: &mut Applier<'_, '_>,
    served: &Served,
    index: usize,
    item: &'i Item,
) -> Result<Result<(RecordKey, &'i Attributes<'static>), Vec<Fault>>, StoreError> {
    let Some(id) = &item.id else { return Ok(Err(item.faults.clone())) };
    let found = find(applier, served, id, &format!("/data/{index}/id"))?;
    Ok(match found {
        Ok(key) if item.faults.is_empty() => Ok((key, &item.attributes)),
        Ok(_) => Err(item.faults.clone()),
        Err(unknown) => Err(iter::once(unknown).chain(item.faults.iter().cloned()).collect()),
    })
}

/// The record of this id, or that there is none.
pub(super) fn find(
    applier: &mut Applier<'_, '_>,
    served: &Served,
    id: &str,
    at: &str,
) -> Result<Result<RecordKey, Fault>, StoreError> {
    let key = applier.find(id)?;
    Ok(key.ok_or_else(|| no_such_record(served, id).at(at)))
}
