//! Deletes, alone and in bulk.

use std::collections::HashSet;
use std::sync::Arc;

use super::apply::Applier;
use super::update::find_all;
use super::{Engine, Refusal, Served, body, no_such_record};
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
        let write = move |transaction: &mut Transaction<'_>| delete_all(transaction, &object, &ids);
        self.store.write(write).await
    }
}

fn delete_all(
    transaction: &mut Transaction<'_>,
    served: &Served,
    ids: &[String],
) -> Result<(), Refusal> {
    let mut applier = Applier::new(transaction, served);
    let ids = ids.iter().map(String::as_str);
    let keys = find_all(&mut applier, served, ids, |index| format!("/items/{index}"))?;
    for key in keys.into_iter().collect::<HashSet<_>>() {
        applier.delete(key)?;
    }
    Ok(())
}
