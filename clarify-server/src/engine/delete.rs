//! Deletes, alone and in bulk.

use std::collections::HashSet;
use std::sync::Arc;

use super::apply::Applier;
use super::update::find;
use super::{Engine, Fault, Refusal, Served, body, no_such_record};
use crate::store::Transaction;

impl Engine {
    /// Deletes one record.
    pub(crate) async fn delete(&self, object: Arc<Served>, id: &str) -> Result<(), Refusal> {
        self.with_current(object, |object| self.delete_now(object, id)).await
    }

    async fn delete_now(&self, object: Arc<Served>, id: &str) -> Result<(), Refusal> {
        let (served, id) = (Arc::clone(&object), id.to_owned());
        let write = move |transaction: &mut Transaction<'_>| {
            let mut applier = Applier::new(transaction, &served);
            let key = applier.find(&id)?.ok_or_else(|| no_such_record(&served, &id))?;
            Ok(applier.delete(key)?)
        };
        self.write(&object, write).await
    }

    /// Deletes many records, all of them or none. The same id may stand twice.
    pub(crate) async fn delete_bulk(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<(), Refusal> {
        self.with_current(object, |object| self.delete_bulk_now(object, body)).await
    }

    async fn delete_bulk_now(&self, object: Arc<Served>, body: &[u8]) -> Result<(), Refusal> {
        let ids = body::read_ids(&body::read_envelope(body)?, self.contract.max_bulk)?;
        let served = Arc::clone(&object);
        let write = move |transaction: &mut Transaction<'_>| delete_all(transaction, &served, ids);
        self.write(&object, write).await
    }
}

fn delete_all(
    transaction: &mut Transaction<'_>,
    served: &Served,
    ids: Vec<Result<String, Fault>>,
) -> Result<(), Refusal> {
    let mut applier = Applier::new(transaction, served);
    let mut keys = HashSet::new();
    let mut faults = Vec::new();
    for (index, id) in ids.into_iter().enumerate() {
        let at = format!("/items/{index}");
        let found = match id {
            Ok(id) => find(&mut applier, served, &id, &at)?,
            Err(fault) => Err(fault),
        };
        match found {
            Ok(key) => _ = keys.insert(key),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    for key in keys {
        applier.delete(key)?;
    }
    Ok(())
}
