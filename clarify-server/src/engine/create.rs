//! Creates, alone and in bulk. Both match on the unique field, where the contract or the request
//! says so.

use std::sync::Arc;

use super::apply::{Applier, CreateRule, apply_all};
use super::body::{self, IdRule, Item};
use super::{Engine, Fault, Refusal, Served, refusal};
use crate::contract::Terms;
use crate::store::{Record, Transaction};

/// What creates have made.
pub(crate) struct Created {
    /// One record as JSON for each that was sent, in that order, as it is after all of them.
    pub(crate) records: Vec<String>,
    /// The positions that matched a record, be it one that the same request has made.
    pub(crate) matched: Vec<usize>,
}

impl Engine {
    /// Creates one record.
    pub(crate) async fn create(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<Created, Refusal> {
        self.with_current(object, |object| self.create_now(object, body)).await
    }

    async fn create_now(&self, object: Arc<Served>, body: &[u8]) -> Result<Created, Refusal> {
        let envelope = body::read_envelope(body)?;
        let match_on = body::read_match_on(&envelope, &object.object);
        let reader = body::reader(&object, self.contract, IdRule::Forbidden);
        let item = body::read_single(&envelope, reader)?;
        self.upsert(object, vec![item], match_on, |_| "/data".to_owned()).await
    }

    /// Creates many records: all of them or none.
    pub(crate) async fn create_bulk(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<Created, Refusal> {
        self.with_current(object, |object| self.create_bulk_now(object, body)).await
    }

    async fn create_bulk_now(&self, object: Arc<Served>, body: &[u8]) -> Result<Created, Refusal> {
        let envelope = body::read_envelope(body)?;
        let match_on = body::read_match_on(&envelope, &object.object);
        let reader = body::reader(&object, self.contract, IdRule::Forbidden);
        let items = body::read_many(&envelope, reader, self.contract.max_batch_create)?;
        self.upsert(object, items, match_on, |index| format!("/data/{index}")).await
    }

    async fn upsert(
        &self,
        object: Arc<Served>,
        items: Vec<Item>,
        match_on: Result<bool, Fault>,
        at: impl Fn(usize) -> String + Send + 'static,
    ) -> Result<Created, Refusal> {
        let Terms { create_matches, ids, .. } = *self.contract;
        // Who asks for a match in a wrong way is told what that match would have met with.
        let (asked, fault) = match_on.map_or_else(|fault| (true, Some(fault)), |on| (on, None));
        let rule = CreateRule { matches: asked || create_matches, ids };
        let served = Arc::clone(&object);
        let write = move |transaction: &mut Transaction<'_>| {
            upsert_all(transaction, &served, items, rule, fault, at)
        };
        let (records, matched) = self.write(&object, write).await?;
        let records = records.iter().map(|record| self.render(&object, record)).collect();
        Ok(Created { records, matched })
    }
}

fn upsert_all(
    transaction: &mut Transaction<'_>,
    served: &Served,
    items: Vec<Item>,
    rule: CreateRule,
    fault: Option<Fault>,
    at: impl Fn(usize) -> String,
) -> Result<(Vec<Record>, Vec<usize>), Refusal> {
    let mut applier = Applier::new(transaction, served);
    let upsert = |attributes| applier.upsert(attributes, rule);
    let items = items.into_iter().map(Item::ready).collect();
    let done = refusal::with(fault, apply_all(items, served, at, upsert))?;
    let matched = done.iter().enumerate().filter(|(_, (_, matched))| *matched);
    let matched = matched.map(|(index, _)| index).collect();
    let keys: Vec<_> = done.iter().map(|(key, _)| *key).collect();
    Ok((applier.states(&keys)?, matched))
}
