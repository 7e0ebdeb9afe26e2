//! Deletes, alone and in bulk.

use std::sync::Arc;

use indexmap::IndexSet;

use super::apply::Applier;
use super::relations::Ties;
use super::update::find;
use super::{Engine, Fault, Refusal, Served, body, no_such_record, ties};
use crate::store::{RecordKey, Transaction};

impl Engine {
    /// Deletes one record.
    pub(crate) async fn delete(&self, object: Arc<Served>, id: &str) -> Result<(), Refusal> {
        self.with_current(object, |object| self.delete_now(object, id)).await
    }

    async fn delete_now(&self, object: Arc<Served>, id: &str) -> Result<(), Refusal> {
        let (served, id, ties) = (Arc::clone(&object), id.to_owned(), self.objects.ties(&object));
        let write = move |transaction: &mut Transaction<'_>| {
            let mut applier = Applier::new(transaction, &served);
            let key = applier.find(&id)?.ok_or_else(|| no_such_record(&served, &id))?;
            delete(transaction, &served, &ties, &IndexSet::from([key]))
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
        let ids = body::read_items(&body::read_envelope(body)?, self.contract.max_bulk)?;
        let (served, ties) = (Arc::clone(&object), self.objects.ties(&object));
        let write =
            move |transaction: &mut Transaction<'_>| delete_all(transaction, &served, &ties, ids);
        self.write(&object, write).await
    }
}

fn delete_all(
    transaction: &mut Transaction<'_>,
    served: &Served,
    ties: &Ties,
    ids: Vec<Result<String, Fault>>,
) -> Result<(), Refusal> {
    let keys = find_all(&mut Applier::new(transaction, served), served, ids, "/items")?;
    delete(transaction, served, ties, &keys)
}

/// The records of the ids that stand at `at`, each once.
pub(super) fn find_all(
    applier: &mut Applier<'_, '_>,
    served: &Served,
    ids: Vec<Result<String, Fault>>,
    at: &str,
) -> Result<IndexSet<RecordKey>, Refusal> {
    let mut keys = IndexSet::new();
    let mut faults = Vec::new();
    for (index, id) in ids.into_iter().enumerate() {
        let found = match id {
            Ok(id) => find(applier, served, &id, &format!("{at}/{index}"))?,
            Err(fault) => Err(fault),
        };
        match found {
            Ok(key) => _ = keys.insert(key),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(keys) } else { Err(faults.into()) }
}

/// Deletes these records, and empties the links that lead to them.
fn delete(
    transaction: &mut Transaction<'_>,
    served: &Served,
    ties: &Ties,
    keys: &IndexSet<RecordKey>,
) -> Result<(), Refusal> {
    ties::empty(transaction, served, ties, keys)?;
    let mut applier = Applier::new(transaction, served);
    for key in keys {
        applier.delete(*key, ties)?;
    }
    Ok(applier.forget_deleted()?)
}
