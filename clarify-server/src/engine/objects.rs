//! The objects of the workspace: the built-in ones, and what was registered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use clarify_schema::{
    BUILT_INS, Field, Kind, Object, check_field_name, check_object_name, read_schema, write_schema,
};

use super::{Engine, Fault, Refusal};
use crate::Error;
use crate::store::{ObjectKey, Store, StoreError, StoredObject, Transaction};

/// An object and its place in the store.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) key: ObjectKey,
    pub(crate) object: Object,
}

/// The objects by name. A request takes the object it names once and works with that.
#[derive(Default)]
pub(super) struct Objects {
    served: RwLock<HashMap<String, Arc<Served>>>,
    /// Held while an object is added, so that of two that are added at once none is lost.
    adding: Mutex<()>,
}

impl Objects {
    /// Reads what is kept, and adds the built-in objects and fields that are not there yet.
    pub(super) fn load(store: &Store, workspace: &str) -> Result<Self, Error> {
        let objects = Self::default();
        let name = workspace.to_owned();
        let kept: Vec<StoredObject> = store.write_blocking(move |writer| writer.objects(&name))?;
        for kept in kept {
            objects.put(Served { key: kept.key, object: read_kept(&kept)? });
        }
        for object in BUILT_INS {
            objects.register(store, workspace, object)?;
        }
        Ok(objects)
    }

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

    fn put(&self, served: Served) -> Arc<Served> {
        let served = Arc::new(served);
        let mut objects = self.served.write().unwrap_or_else(PoisonError::into_inner);
        objects.insert(served.object.name.to_string(), Arc::clone(&served));
        served
    }

    /// Keeps an object in the store, and serves it from then on.
    fn keep(
        &self,
        store: &Store,
        workspace: &str,
        object: Object,
    ) -> Result<Arc<Served>, StoreError> {
        let (workspace, kept) = (workspace.to_owned(), object.clone());
        let key = store.write_blocking(move |writer| keep(writer, &workspace, &kept))?;
        Ok(self.put(Served { key, object }))
    }

    fn register(&self, store: &Store, workspace: &str, object: &Object) -> Result<(), Error> {
        check_names(object)?;
        let _adding = self.adding.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.find(&object.name);
        let merged = match &before {
            Some(served) => merge(&served.object, object)?,
            None => object.clone(),
        };
        if before.is_some_and(|served| served.object == merged) {
            return Ok(());
        }
        self.keep(store, workspace, merged)?;
        Ok(())
    }
}

impl Objects {
    /// Keeps the object that a request makes of those that are there, unless another edit is under
    /// way.
    pub(super) fn edit(
        &self,
        store: &Store,
        workspace: &str,
        make: impl FnOnce(&Self) -> Result<Object, Refusal>,
    ) -> Result<Arc<Served>, Refusal> {
        let Ok(_adding) = self.adding.try_lock() else {
            let detail = "Schema is being modified by another request. Please retry.";
            return Err(Fault::new(409, detail).into());
        };
        let object = make(self)?;
        check_names(&object).map_err(|error| Fault::new(422, error.to_string()))?;
        Ok(self.keep(store, workspace, object)?)
    }
}

impl Engine {
    /// Adds an object, or the fields that a known one does not have yet.
    pub(crate) fn register(&self, object: &Object) -> Result<(), Error> {
        self.objects.register(&self.store, &self.workspace, object)
    }
}

fn keep(
    writer: &mut Transaction<'_>,
    workspace: &str,
    object: &Object,
) -> Result<ObjectKey, StoreError> {
    let unique = object.unique_field().map(|field| &*field.name);
    let schema = write_schema(object).to_string();
    let key = writer.put_object(workspace, &object.name, unique, &schema)?;
    let selects = object.fields.iter().filter(|field| field.kind == Kind::Select);
    writer.keep_totals(key, &selects.map(|field| &*field.name).collect::<Vec<_>>())?;
    Ok(key)
}

fn read_kept(kept: &StoredObject) -> Result<Object, Error> {
    let unreadable = |detail: String| Error::Data(format!("object `{}`: {detail}", kept.name));
    let schema = serde_json::from_str(&kept.schema).map_err(|e| unreadable(e.to_string()))?;
    read_schema(&schema).map_err(|e| unreadable(e.to_string()))
}

fn check_names(object: &Object) -> Result<(), Error> {
    let refuse = |detail: String| Err(Error::Schema(format!("object `{}`: {detail}", object.name)));
    if let Err(error) = check_object_name(&object.name) {
        return refuse(error.to_string());
    }
    for (index, field) in object.fields.iter().enumerate() {
        if let Err(error) = check_field_name(&field.name) {
            return refuse(format!("field `{}`: {error}", field.name));
        }
        if object.fields.iter().skip(index + 1).any(|other| other.name == field.name) {
            return refuse(format!("field `{}` stands there twice", field.name));
        }
        if field.unique && !field.kind.can_be_unique() {
            let kind = field.kind.name();
            return refuse(format!("field `{}`: a {kind} can't be unique", field.name));
        }
    }
    match object.fields.iter().filter(|field| field.unique).nth(1) {
        Some(second) => refuse(format!("field `{}` is a second unique one", second.name)),
        None => Ok(()),
    }
}

/// The object that is known, with the fields and options that `added` has beyond it.
fn merge(known: &Object, added: &Object) -> Result<Object, Error> {
    check_unique(known, added)?;
    let mut merged = known.clone();
    for field in added.fields.iter() {
        match merged.fields.to_mut().iter_mut().find(|other| other.name == field.name) {
            Some(known_field) => merge_field(&known.name, known_field, field)?,
            None => merged.fields.to_mut().push(optional(field.clone())),
        }
    }
    Ok(merged)
}

/// A field that is added later: records that are there do not have it.
fn optional(mut field: Field) -> Field {
    field.required = false;
    field
}

/// An object that names no unique field says nothing about it.
fn check_unique(known: &Object, added: &Object) -> Result<(), Error> {
    let Some(field) = added.unique_field() else { return Ok(()) };
    let name = &known.name;
    match known.unique_field() {
        Some(known_field) if known_field.name == field.name => Ok(()),
        Some(known_field) => Err(Error::Schema(format!(
            "object `{name}`: its unique field is `{}`, not `{}`",
            known_field.name, field.name
        ))),
        None => Err(Error::Schema(format!(
            "object `{name}`: it has no unique field, so `{}` can't be unique",
            field.name
        ))),
    }
}

fn merge_field(object: &str, known: &mut Field, added: &Field) -> Result<(), Error> {
    if !same_form(known.kind, added.kind) {
        return Err(Error::Schema(format!(
            "object `{object}`: field `{}` is a {}, not a {}",
            known.name,
            known.kind.name(),
            added.kind.name()
        )));
    }
    // A select without options takes any text, and goes on doing so.
    if !known.options.is_empty() {
        let new = added.options.iter().filter(|option| !known.has_option(option));
        let new: Vec<_> = new.cloned().collect();
        known.options.to_mut().extend(new);
    }
    Ok(())
}

/// Whether values of the two kinds look the same on the wire, so that a type which knows a field
/// as the one reads and writes the other.
fn same_form(known: Kind, added: Kind) -> bool {
    use Kind::*;
    let is_text = |kind| matches!(kind, Text | LongText | PersonName | Select | ToOne);
    let is_number = |kind| matches!(kind, Number | Currency);
    known == added
        || added == Other
        || (is_text(known) && is_text(added))
        || (is_number(known) && is_number(added))
        || (known.is_collection() && added.is_collection())
}
