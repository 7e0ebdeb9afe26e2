//! The objects of the workspace, as they are served at this moment.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use clarify_schema::Object;

use super::Refusal;
use crate::store::{ObjectKey, Version};

/// An object and its place in the store.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) key: ObjectKey,
    /// The version of its schema. Records that were checked by another one are not written.
    pub(crate) version: Version,
    pub(crate) object: Object,
}

/// The objects by name. A request takes the object it names once and works with that.
#[derive(Default)]
pub(super) struct Objects {
    served: RwLock<HashMap<String, Arc<Served>>>,
    is_edited: AtomicBool,
}

impl Objects {
    pub(super) fn find(&self, name: &str) -> Option<Arc<Served>> {
        self.served.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// All of them, in the order in which they were made.
    pub(super) fn all(&self) -> Vec<Arc<Served>> {
        let served = self.served.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = served.values().cloned().collect();
        all.sort_by_key(|served| served.key);
        all
    }

    /// Serves these objects and no others from now on.
    pub(super) fn set(&self, objects: &[Arc<Served>]) {
        let named = objects.iter().map(|served| (served.object.name.to_string(), served.clone()));
        let named = named.collect();
        *self.served.write().unwrap_or_else(PoisonError::into_inner) = named;
    }

    /// Lets one request edit the schemas, unless another one does.
    pub(super) fn begin_edit(self: &Arc<Self>) -> Result<Editing, Refusal> {
        if self.is_edited.swap(true, Ordering::AcqRel) {
            return Err(Refusal::schema_is_modified());
        }
        Ok(Editing(Arc::clone(self)))
    }
}

/// The edit of one request under way, until it is dropped.
pub(super) struct Editing(Arc<Objects>);

impl Drop for Editing {
    fn drop(&mut self) {
        self.0.is_edited.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_request_edits_at_a_time() {
        let objects = Arc::<Objects>::default();
        let editing = objects.begin_edit().ok();
        let refusal = objects.begin_edit().err().unwrap();
        assert_eq!(refusal.status(), 409);
        drop(editing);
        assert!(objects.begin_edit().is_ok());
    }
}
