//! What the contract says: bodies become writes, queries become conditions, records become answers.
//! It knows neither HTTP nor SQL.

mod apply;
mod attributes;
mod beside;
mod body;
mod create;
mod current;
mod delete;
mod deleted;
mod edit;
mod envelope;
mod fields;
mod filter;
mod graph;
mod ids;
mod include;
mod latest;
mod links;
mod list;
mod merge;
mod meta;
mod names;
mod objects;
mod paths;
mod query;
mod refusal;
mod register;
mod relations;
mod relationships;
mod render;
mod resource;
mod schema_edits;
mod schemas;
mod seed;
mod short_form;
mod shown;
mod snapshots;
mod ties;
mod time;
mod trouble;
mod unique;
mod update;
mod upsert;
mod written;

use std::sync::Arc;

pub(crate) use list::Listing;
pub(crate) use objects::Served;
pub(crate) use query::Parameter;
pub(crate) use refusal::{Fault, Refusal};
pub(crate) use relationships::RelationshipTarget;
pub use seed::Seed;
pub(crate) use shown::Shown;
pub(crate) use written::Batch;

/// How much one request may ask for.
pub(crate) mod limits {
    pub(crate) use super::include::{DEEPEST as INCLUDE_DEPTH, MAX_PATHS as INCLUDES};
    pub(crate) use super::links::MOST as LINKS;
    pub(crate) use super::query::MAX_FILTERS as FILTERS;
    pub(crate) use super::schema_edits::{LONGEST_DESCRIPTION, LONGEST_NAME};
    pub(crate) use super::schemas::PAGE as SCHEMAS;
}

use self::objects::Objects;
use crate::contract::Terms;
use crate::store::{Clock, Moment, Store};

/// The records of one workspace, under one contract. Its store may have others' records, too.
pub(crate) struct Engine {
    store: Arc<Store>,
    contract: &'static Terms,
    workspace: String,
    objects: Arc<Objects>,
}

impl Engine {
    /// Finds the workspace's records in a store. The built-in objects are there from the start.
    pub(crate) fn open(
        store: Arc<Store>,
        workspace: &str,
        contract: &'static Terms,
    ) -> Result<Self, crate::Error> {
        let objects = Arc::default();
        let engine = Self { store, contract, workspace: workspace.to_owned(), objects };
        engine.load()?;
        Ok(engine)
    }

    pub(crate) const fn contract(&self) -> &'static Terms {
        self.contract
    }

    pub(crate) fn clock(&self) -> &Clock {
        self.store.clock()
    }

    /// The moment that it is, where that is known: see [`Store::moment`].
    pub(crate) fn moment(&self) -> Option<Moment> {
        self.store.moment()
    }

    /// The object of this name.
    pub(crate) fn object(&self, name: &str) -> Result<Arc<Served>, Refusal> {
        self.objects.find(name).ok_or_else(|| no_such_object(name).into())
    }

    /// That an object is still there once its records have been read: of one that was deleted
    /// meanwhile some may have been swept away.
    fn check_served(&self, object: &Served) -> Result<(), Refusal> {
        let name = &*object.object.name;
        let now = self.objects.find(name).filter(|now| now.key == object.key);
        now.map(drop).ok_or_else(|| no_such_object(name).into())
    }
}

fn no_such_object(name: &str) -> Fault {
    Fault::new(404, format!("there is no object `{name}` in this workspace"))
}

fn no_such_record(object: &Served, id: &str) -> Fault {
    Fault::new(404, format!("there is no `{}` with the id `{id}`", object.object.name))
}
