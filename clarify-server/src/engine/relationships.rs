//! The relationships of one record: its related records by the page, and changes to its links.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::apply::Applier;
use super::graph::Graph;
use super::include::Branch;
use super::links::{self, Manner, Reference};
use super::query::{self, Query};
use super::relations::{Relation, Way};
use super::{Engine, Fault, Listing, Parameter, Refusal, Served, body, no_such_record, refusal};
use crate::store::{Column, Condition, Order, Record, Test, Transaction};

/// What of a relationship a request is about.
pub(crate) struct RelationshipTarget {
    pub(crate) object: Arc<Served>,
    pub(crate) id: String,
    /// The relationship's name.
    pub(crate) name: String,
}

impl Engine {
    /// The page of related records that the parameters ask for.
    pub(crate) async fn related(
        &self,
        target: RelationshipTarget,
        parameters: &[Parameter],
    ) -> Result<Listing, Refusal> {
        let RelationshipTarget { object, id, name } = target;
        let relation = self.relation_of(&object, &name)?;
        let Some(other) = relation.served.clone() else {
            return Err(
                Fault::new(404, format!("`{}` has no records here", relation.target)).into()
            );
        };
        let (query, mut faults) = query::read(parameters, self.contract);
        let (mut showing, wrong) = self.showing(&object, parameters);
        faults.extend(wrong);
        let (branches, wrong) = below(&relation, showing.branches.take());
        faults.extend(wrong);
        let mut window = self.window(&other, &query, faults)?;
        let Query { limit, offset, .. } = query;
        let includes = branches.is_some();
        let read = self.store.read(move |view| {
            let Some(record) = view.record(object.key, &id)? else {
                return Ok(Err(Refusal::from(no_such_record(&object, &id))));
            };
            window.conditions.push(related_to(&relation, &record));
            let page = view.page(&window)?;
            let branches = branches.unwrap_or_default();
            let graph = Graph::grown(view, &other, page.records, &branches)?;
            Ok(graph.map(|graph| (page.total, graph)).map_err(|much| Fault::from(much).into()))
        });
        let (found, _share) = read.await?;
        let (total, graph) = found?;
        let mut shown = self.show_graph(&graph, &showing);
        shown.included = shown.included.filter(|_| includes);
        Ok(Listing { shown, total, limit, offset })
    }

    /// Makes the links that the body names, and for some kinds leaves no others.
    pub(crate) async fn set_links(
        &self,
        target: RelationshipTarget,
        body: &[u8],
    ) -> Result<(), Refusal> {
        self.write_links(target, body, Manner::Set).await
    }

    /// Takes the links away that the body names. The records stay.
    pub(crate) async fn remove_links(
        &self,
        target: RelationshipTarget,
        body: &[u8],
    ) -> Result<(), Refusal> {
        self.write_links(target, body, Manner::Remove).await
    }

    async fn write_links(
        &self,
        target: RelationshipTarget,
        body: &[u8],
        manner: Manner,
    ) -> Result<(), Refusal> {
        let RelationshipTarget { object, id, name } = target;
        let (id, name) = (&id, &name);
        let request = |object: Arc<Served>| async move {
            let relation = self.relation_of(&object, name)?;
            let envelope = body::read_envelope::<&RawValue>(body)?;
            let data = envelope.data.map(RawValue::get);
            let (references, faults) = links::read(data, &relation, "/data");
            let (served, id) = (Arc::clone(&object), id.clone());
            let write = move |transaction: &mut Transaction<'_>| {
                let written = write(transaction, &served, &relation, &id, &references, manner);
                refusal::with_all(faults, written)
            };
            self.write(&object, write).await
        };
        self.with_current(object, request).await
    }
}

fn write(
    transaction: &mut Transaction<'_>,
    served: &Served,
    relation: &Relation,
    id: &str,
    references: &[Reference],
    manner: Manner,
) -> Result<(), Refusal> {
    let record = Applier::new(transaction, served).find(id)?;
    let record = record.ok_or_else(|| no_such_record(served, id))?;
    links::write(transaction, served, relation, record, references, manner)
}

/// What is included beyond the relationship itself, with which each path begins.
fn below(relation: &Relation, branches: Option<Vec<Branch>>) -> (Option<Vec<Branch>>, Vec<Fault>) {
    let Some(branches) = branches else { return (None, Vec::new()) };
    let (own, others): (Vec<_>, Vec<_>) =
        branches.into_iter().partition(|branch| branch.relation.field == relation.field);
    let fault = |branch: Branch| {
        let detail = format!("`{}` does not begin with `{}`", branch.name, relation.field);
        Fault::new(400, format!("`include`: {detail}, the relationship in the path"))
    };
    let below = own.into_iter().flat_map(|branch| branch.below).collect();
    (Some(below), others.into_iter().map(fault).collect())
}

/// That a record is at the other end of this one's relationship.
fn related_to(relation: &Relation, record: &Record) -> Condition {
    let test = match &relation.way {
        Way::ToOne => {
            let id = super::attributes::link(&record.attributes, &relation.field);
            Test::Text(Order::Equal, id.unwrap_or_default())
        }
        Way::Children(links) => Test::LinksTo(links.clone(), record.id.clone()),
        Way::Pairs { there, .. } => Test::PairedWith(there.clone(), record.key),
    };
    Condition { path: Vec::new(), column: Column::Id, test, negated: false }
}
