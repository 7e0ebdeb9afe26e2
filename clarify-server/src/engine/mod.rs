//! What the contract says: bodies become writes, queries become conditions, records become answers.
//! It knows neither HTTP nor SQL.

mod apply;
mod attributes;
mod body;
mod create;
mod current;
mod delete;
mod edit;
mod fields;
mod filter;
mod ids;
mod list;
mod meta;
mod names;
mod objects;
mod query;
mod refusal;
mod register;
mod render;
mod schema_edits;
mod schemas;
mod seed;
mod short_form;
mod time;
mod unique;
mod update;

use std::sync::Arc;
use std::time::Duration;

pub(crate) use list::Listing;
pub(crate) use objects::Served;
pub(crate) use query::Parameter;
pub(crate) use refusal::{Fault, Refusal};
pub use seed::Seed;

use self::fields::Selection;
use self::objects::Objects;
use crate::contract::Terms;
use crate::store::{Counts, Place, Record, Store};

/// The records of one workspace, under one contract.
pub(crate) struct Engine {
    store: Store,
    contract: &'static Terms,
    workspace: String,
    objects: Arc<Objects>,
}

impl Engine {
    /// Opens the workspace's records. The built-in objects are there from the start.
    pub(crate) fn open(
        place: &Place,
        workspace: &str,
        contract: &'static Terms,
    ) -> Result<Self, crate::Error> {
        let store = Store::open(place)?;
        let objects = Arc::default();
        let engine = Self { store, contract, workspace: workspace.to_owned(), objects };
        engine.load()?;
        Ok(engine)
    }

    pub(crate) const fn contract(&self) -> &'static Terms {
        self.contract
    }

    /// Whether records can be read and written.
    pub(crate) async fn answers_within(&self, time: Duration) -> bool {
        self.store.answers_within(time).await
    }

    pub(crate) fn counts(&self) -> &Counts {
        self.store.counts()
    }

    pub(crate) fn workspace(&self) -> &str {
        &self.workspace
    }

    /// The object of this name.
    pub(crate) fn object(&self, name: &str) -> Result<Arc<Served>, Refusal> {
        self.objects.find(name).ok_or_else(|| no_such_object(name).into())
    }

    /// The record of this id, as JSON.
    pub(crate) async fn get(
        &self,
        object: &Arc<Served>,
        id: &str,
        parameters: &[Parameter],
    ) -> Result<String, Refusal> {
        let (selection, wrong) = self.selection(&object.object.name, parameters);
        let include = query::check_include(parameters).err();
        let faults: Vec<_> = include.into_iter().chain(wrong).collect();
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let record = self.store.record(object.key, id.to_owned()).await?;
        self.check_served(object)?;
        let record = record.ok_or_else(|| no_such_record(object, id))?;
        Ok(self.render_selected(object, &record, &selection))
    }

    /// That an object is still there once its records have been read: of one that was deleted
    /// meanwhile some may have been swept away.
    fn check_served(&self, object: &Served) -> Result<(), Refusal> {
        let name = &*object.object.name;
        let now = self.objects.find(name).filter(|now| now.key == object.key);
        now.map(drop).ok_or_else(|| no_such_object(name).into())
    }

    fn render(&self, object: &Served, record: &Record) -> String {
        self.render_selected(object, record, &Selection::All)
    }

    fn render_selected(
        &self,
        object: &Served,
        record: &Record,
        selection: &Selection<'_>,
    ) -> String {
        let mut json = String::with_capacity(record.attributes.len() + 192);
        render::push_record(&mut json, &object.object, record, selection, self.contract);
        json
    }
}

fn no_such_object(name: &str) -> Fault {
    Fault::new(404, format!("there is no object `{name}` in this workspace"))
}

fn no_such_record(object: &Served, id: &str) -> Fault {
    Fault::new(404, format!("there is no `{}` with the id `{id}`", object.object.name))
}
