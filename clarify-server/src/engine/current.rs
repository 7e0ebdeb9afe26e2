//! Writes of records that hold by the schema of the moment at which they are written.

use std::sync::Arc;

use super::{Engine, Refusal, Served};
use crate::store::{Transaction, Undo};

/// How often a request is done again when the schema changes under it each time.
const TRIES: usize = 16;

impl Engine {
    /// Writes records of an object, if its schema is still the one that they were checked by.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        object: &Served,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.write_or(Undo::Alone, object, work).await
    }

    /// [`write`](Self::write), which is undone in this way when it fails.
    pub(super) async fn write_or<T: Send + 'static>(
        &self,
        undo: Undo,
        object: &Served,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.store.write(undo, checked(object, work)).await
    }

    /// [`write_or`](Self::write_or) of what a request gives, which is lent to `work` and dropped where the
    /// request is answered. Memory goes back to the thread that it came from, which can't allocate
    /// meanwhile, in glibc at least: if the one thread that writes freed the requests, and the others what
    /// it has written, they would mostly wait for each other.
    pub(super) async fn write_given<G, T>(
        &self,
        undo: Undo,
        object: &Served,
        given: G,
        work: impl FnOnce(&mut Transaction<'_>, &G) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal>
    where
        G: Send + Sync + 'static,
        T: Send + 'static,
    {
        let given = Arc::new(given);
        let lent = Arc::clone(&given);
        self.write_or(undo, object, move |transaction| work(transaction, &lent)).await
    }

    /// [`write`](Self::write) for a thread that may wait.
    pub(super) fn write_blocking<T: Send + 'static>(
        &self,
        object: &Served,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.store.write_blocking(checked(object, work))
    }

    /// Does a request that writes, from its body on, and again with the object as it is by then where
    /// its schema has changed meanwhile.
    pub(super) async fn with_current<T, F>(
        &self,
        mut object: Arc<Served>,
        request: impl Fn(Arc<Served>) -> F,
    ) -> Result<T, Refusal>
    where
        F: Future<Output = Result<T, Refusal>>,
    {
        for _ in 1..TRIES {
            match request(Arc::clone(&object)).await {
                Err(refusal) if refusal.is_stale() => object = self.object(&object.object.name)?,
                result => return result,
            }
        }
        request(object).await
    }
}

fn checked<T>(
    object: &Served,
    work: impl FnOnce(&mut Transaction<'_>) -> Result<T, Refusal> + Send + 'static,
) -> impl FnOnce(&mut Transaction<'_>) -> Result<T, Refusal> + Send + 'static {
    let (key, version) = (object.key, object.version);
    move |transaction| {
        transaction.check(key, version)?;
        work(transaction)
    }
}
