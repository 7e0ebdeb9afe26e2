//! Records as JSON, with those that were included.

use std::sync::Arc;

use super::fields::Fieldsets;
use super::graph::{Graph, Node};
use super::include::Branch;
use super::render::Form;
use super::time::Times;
use super::{Engine, Fault, Parameter, Refusal, Served};
use crate::contract::Terms;
use crate::store::RecordRef;

/// What is shown of a record beside its attributes takes about so many bytes.
pub(super) const FRAME: usize = 192;

/// What a list takes before it is known how long it will be.
const LONGEST: usize = 512 << 10;

/// Records as an answer shows them.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// The records that were asked for, as the members of a JSON list.
    pub(crate) records: String,
    /// Those related to them, likewise; nothing where `include` was not asked for.
    pub(crate) included: Option<String>,
}

/// How a read wants records to be shown.
#[derive(Debug)]
pub(super) struct Showing {
    pub(super) fieldsets: Fieldsets,
    /// Nothing where `include` was not asked for.
    pub(super) branches: Option<Vec<Branch>>,
}

impl Engine {
    /// What `fields[object]` and `include` ask for, and everything that is wrong with them.
    pub(super) fn showing(
        &self,
        served: &Served,
        parameters: &[Parameter],
    ) -> (Showing, Vec<Fault>) {
        let (branches, mut faults) = self.includes(served, parameters);
        let (fieldsets, wrong) = self.fieldsets(parameters);
        faults.extend(wrong);
        (Showing { fieldsets, branches }, faults)
    }

    /// The record of this id, and what it includes.
    pub(crate) async fn get(
        &self,
        object: &Arc<Served>,
        id: &str,
        parameters: &[Parameter],
    ) -> Result<Shown, Refusal> {
        let (mut showing, faults) = self.showing(object, parameters);
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let Some(branches) = showing.branches.take() else {
            let mut list = List::new(object, showing.fieldsets, 1, self.contract);
            let show = move |record: RecordRef<'_>| {
                list.push(record);
                list.into_json()
            };
            let records = self.store.record(object.key, id.to_owned(), show).await?;
            self.check_served(object)?;
            let records = records.ok_or_else(|| super::no_such_record(object, id))?;
            return Ok(Shown { records, included: None });
        };
        let (served, wanted) = (Arc::clone(object), id.to_owned());
        let read = self.store.read(move |view| {
            let Some(record) = view.record(served.key, &wanted)? else { return Ok(None) };
            Graph::grown(view, &served, vec![record], &branches).map(Some)
        });
        let (graph, _share) = read.await?;
        self.check_served(object)?;
        let graph = graph.ok_or_else(|| super::no_such_record(object, id))?;
        Ok(self.show_graph(&graph.map_err(Fault::from)?, &showing))
    }

    pub(super) fn show_graph(&self, graph: &Graph, showing: &Showing) -> Shown {
        let records = self.show_nodes(graph.roots(), showing);
        Shown { records, included: Some(self.show_nodes(graph.included(), showing)) }
    }

    fn show_nodes<'g>(&self, nodes: impl Iterator<Item = &'g Node>, showing: &Showing) -> String {
        let (mut json, mut times) = (String::new(), Times::new(self.contract.second_digits));
        for Node { served, record, relationships } in nodes {
            if !json.is_empty() {
                json.push(',');
            }
            let (object, selection) = (&served.object, showing.fieldsets.of(&served.object.name));
            let mut form = Form::new(object, selection, self.contract, &mut times);
            form.push(&mut json, record.borrowed(), relationships.as_ref());
        }
        json
    }
}

/// Records of one object, as the members of a JSON list: each is written where the store has it.
#[derive(Clone)]
pub(super) struct List {
    json: String,
    served: Arc<Served>,
    fieldsets: Fieldsets,
    /// How many records are shown at most.
    most: usize,
    contract: &'static Terms,
    times: Times,
}

impl List {
    pub(super) fn new(
        served: &Arc<Served>,
        fieldsets: Fieldsets,
        most: u64,
        contract: &'static Terms,
    ) -> Self {
        let (served, times) = (Arc::clone(served), Times::new(contract.second_digits));
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Self { json: String::new(), served, fieldsets, most, contract, times }
    }

    pub(super) fn push(&mut self, record: RecordRef<'_>) {
        let Self { json, served, fieldsets, most, contract, times } = self;
        let object = &served.object;
        let length = record.attributes.len() + FRAME;
        if json.is_empty() {
            // Records of an object are much alike.
            json.reserve(length.saturating_mul(*most).min(LONGEST).max(length));
        } else {
            json.reserve(length);
            json.push(',');
        }
        let selection = fieldsets.of(&object.name);
        Form::new(object, selection, contract, times).push(json, record, None);
    }

    /// The members. An answer's room is counted by how long it is, so where few came of many that might
    /// have, what they did not need is given back.
    pub(super) fn into_json(mut self) -> String {
        if self.json.capacity() > self.json.len().saturating_mul(2) {
            self.json.shrink_to_fit();
        }
        self.json
    }
}
