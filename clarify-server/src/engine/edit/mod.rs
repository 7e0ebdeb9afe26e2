//! Changes of the workspace's schemas. Each is one transaction, in which objects and the records that
//! they have change together.

mod findings;
mod mistakes;
mod rewrite;

use std::sync::Arc;

use clarify_schema::{Kind, Object, read_schema, write_schema};

use super::{Engine, Refusal, Served, no_such_object};
use crate::Error;
use crate::contract::Terms;
use crate::store::{StoreError, StoredObject, Transaction};

/// Where the schema of a field stands in the body of a request, as a JSON pointer.
pub(super) type Place<'p> = &'p dyn Fn(&str) -> String;

/// A change under way.
pub(super) struct Edit<'a, 'c> {
    transaction: &'a mut Transaction<'c>,
    workspace: &'a str,
    contract: &'static Terms,
    /// The objects as they are after what was done so far, in the order in which they were made.
    objects: Vec<Arc<Served>>,
}

impl<'a, 'c> Edit<'a, 'c> {
    fn begin(
        transaction: &'a mut Transaction<'c>,
        workspace: &'a str,
        contract: &'static Terms,
    ) -> Result<Self, StoreError> {
        let kept = transaction.objects(workspace)?;
        let objects = kept.iter().map(read_kept).collect::<Result<_, _>>()?;
        Ok(Self { transaction, workspace, contract, objects })
    }

    pub(super) fn find(&self, name: &str) -> Option<Arc<Served>> {
        self.objects.iter().find(|served| served.object.name == name).cloned()
    }

    /// An object of a request as it is by now, if it is still there.
    pub(super) fn object(&self, served: &Served) -> Result<Arc<Served>, Refusal> {
        let known = self.objects.iter().find(|other| other.key == served.key).cloned();
        known.ok_or_else(|| no_such_object(&served.object.name).into())
    }

    pub(super) fn objects(&self) -> Vec<Arc<Served>> {
        self.objects.clone()
    }

    /// Keeps an object, new or changed. Records that it has are brought into the form that it asks
    /// for; where that can't be, it is refused.
    pub(super) fn put(&mut self, object: Object, at: Place<'_>) -> Result<(), Refusal> {
        let before = self.find(&object.name);
        if before.as_ref().is_some_and(|before| before.object == object) {
            return Ok(());
        }
        let mistakes = mistakes::find(&object, before.as_ref().map(|before| &before.object), at);
        if !mistakes.is_empty() {
            return Err(mistakes.into());
        }
        if let Some(before) = &before {
            rewrite::records(self.transaction, before, &object, self.contract, at)?;
        }
        let unique = object.unique_field().map(|field| &*field.name);
        let schema = write_schema(&object).to_string();
        let (key, version) =
            self.transaction.put_object(self.workspace, &object.name, unique, &schema)?;
        let selects = object.fields.iter().filter(|field| field.kind == Kind::Select);
        let selects: Vec<_> = selects.map(|field| &*field.name).collect();
        self.transaction.keep_totals(key, &selects)?;
        let served = Arc::new(Served { key, version, object });
        match self.objects.iter_mut().find(|other| other.key == key) {
            Some(other) => *other = served,
            None => self.objects.push(served),
        }
        Ok(())
    }

    /// Takes an object away, with its records.
    pub(super) fn remove(&mut self, served: &Served) -> Result<(), StoreError> {
        self.objects.retain(|other| other.key != served.key);
        self.transaction.remove_object(served.key)
    }
}

fn read_kept(kept: &StoredObject) -> Result<Arc<Served>, StoreError> {
    let unreadable =
        |detail: String| StoreError::Layout(format!("object `{}`: {detail}", kept.name));
    let schema = serde_json::from_str(&kept.schema).map_err(|e| unreadable(e.to_string()))?;
    let object = read_schema(&schema).map_err(|e| unreadable(e.to_string()))?;
    Ok(Arc::new(Served { key: kept.key, version: kept.version, object }))
}

/// What an edit was asked for, and the objects after it.
type Edited<T> = (T, Vec<Arc<Served>>);

impl Engine {
    /// Changes the schemas for a request, unless another request does.
    pub(super) async fn edit<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Edit<'_, '_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let editing = self.objects.begin_edit()?;
        let objects = Arc::clone(&self.objects);
        let then = move |edited: &Edited<T>| {
            objects.set(&edited.1);
            drop(editing);
        };
        Ok(self.store.write_then(self.work(change), then).await?.0)
    }

    /// Changes the schemas once every other change is done.
    pub(super) fn edit_blocking(
        &self,
        change: impl FnOnce(&mut Edit<'_, '_>) -> Result<(), Error> + Send + 'static,
    ) -> Result<(), Error> {
        let objects = Arc::clone(&self.objects);
        let then = move |edited: &Edited<()>| objects.set(&edited.1);
        self.store.write_blocking_then(self.work(change), then).map(drop)
    }

    /// The objects are read anew: what was served when the request came may have changed since.
    fn work<T, E: From<StoreError>>(
        &self,
        change: impl FnOnce(&mut Edit<'_, '_>) -> Result<T, E> + Send + 'static,
    ) -> impl FnOnce(&mut Transaction<'_>) -> Result<Edited<T>, E> + Send + 'static {
        let (workspace, contract) = (self.workspace.clone(), self.contract);
        move |transaction| {
            let mut edit = Edit::begin(transaction, &workspace, contract)?;
            let result = change(&mut edit)?;
            Ok((result, edit.objects))
        }
    }
}
