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
        let id = id.to_owned();
        let write = move |transaction: &mut Transaction<'_>| {
            let mut applier = Applier::new(transaction, &object);
            let key = applier.find(&id)?.ok_or_else(|| no_such_record(&object, &id))?;
            Ok::<_, Refusal>(applier.delete(key)?)
        };
        self.store.write(write).await
    }

    /// Deletes many records, all of them or none. The same id may stand twice.
    pub(crate) async fn delete_bulk(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<(), Refusal> {
        let ids = body::read_ids(&body::read_envelope(body)?, self.contract.max_bulk)?;
        let write = move |transaction: &mut Transaction<'_>| delete_all(transaction, &object, ids);
        self.store.write(write).await
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
