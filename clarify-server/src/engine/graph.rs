//! Records together with those that they are related to.

use std::fmt::Write as _;
use std::sync::Arc;

use clarify_attributes::push_text;
use indexmap::{IndexMap, IndexSet};

use super::include::Branch;
use super::relations::{Relation, Way};
use super::{Fault, Served, attributes};
use crate::store::{Record, RecordKey, Slice, StoreError, View};

/// How many records one answer shows, its own and those it includes.
const MOST: usize = 10_000;

/// How many of the records at the end of one relationship are shown; its count tells of more.
const SHOWN: u64 = 100;

/// Records, each once, and their relationships as far as they were asked for.
#[derive(Default)]
pub(super) struct Graph {
    nodes: IndexMap<RecordKey, Node>,
    /// How many of the first nodes were asked for themselves.
    roots: usize,
}

pub(super) struct Node {
    pub(super) served: Arc<Served>,
    pub(super) record: Record,
    /// Each relationship that is shown, as JSON. Nothing where none was asked for.
    pub(super) relationships: Option<IndexMap<String, String>>,
}

/// That a graph has more records than one answer shows.
#[derive(Debug)]
pub(super) struct TooMany;

impl From<TooMany> for Fault {
    fn from(_: TooMany) -> Self {
        let detail = format!("`include`: the answer would have more than {MOST} records");
        Self::new(400, format!("{detail}: ask for fewer with `page[limit]`"))
    }
}

impl Graph {
    /// These records and all that the branches lead to.
    pub(super) fn grown(
        view: &View<'_>,
        served: &Arc<Served>,
        records: Vec<Record>,
        branches: &[Branch],
    ) -> Result<Result<Self, TooMany>, StoreError> {
        let mut graph = Self::default();
        let keys: Vec<_> = records.iter().map(|record| record.key).collect();
        for record in records {
            graph.add(served, record);
        }
        graph.roots = graph.nodes.len();
        let grown = graph.grow(view, &keys, branches)?;
        Ok(grown.map(|()| graph))
    }

    pub(super) fn roots(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values().take(self.roots)
    }

    pub(super) fn included(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values().skip(self.roots)
    }

    fn add(&mut self, served: &Arc<Served>, record: Record) {
        let node = Node { served: Arc::clone(served), record, relationships: None };
        self.nodes.entry(node.record.key).or_insert(node);
    }

    fn grow(
        &mut self,
        view: &View<'_>,
        keys: &[RecordKey],
        branches: &[Branch],
    ) -> Result<Result<(), TooMany>, StoreError> {
        for branch in branches {
            let mut reached = IndexSet::new();
            for key in keys {
                let Some(node) = self.nodes.get_mut(key) else { continue };
                let (relationship, related) = follow(view, &node.record, &branch.relation)?;
                let relationships = node.relationships.get_or_insert_default();
                relationships.insert(branch.name.clone(), relationship);
                let Some(target) = &branch.relation.served else { continue };
                for record in related {
                    reached.insert(record.key);
                    self.add(target, record);
                }
                if self.nodes.len() > MOST {
                    return Ok(Err(TooMany));
                }
            }
            let reached: Vec<_> = reached.into_iter().collect();
            if self.grow(view, &reached, &branch.below)?.is_err() {
                return Ok(Err(TooMany));
            }
        }
        Ok(Ok(()))
    }
}

/// A relationship as it is shown, and the records that it leads to.
fn follow(
    view: &View<'_>,
    record: &Record,
    relation: &Relation,
) -> Result<(String, Vec<Record>), StoreError> {
    let first = Slice { limit: SHOWN, offset: 0 };
    let (count, related) = match &relation.way {
        Way::ToOne => return to_one(view, record, relation),
        Way::Children(links) => {
            (view.linking_count(links, &record.id)?, view.linking(links, &record.id, first)?)
        }
        Way::Pairs { there, .. } => {
            (view.paired_count(there, record.key)?, view.paired(there, record.key, first)?)
        }
    };
    let mut json = "{\"data\":[".to_owned();
    for (index, record) in related.iter().enumerate() {
        json.push_str(if index == 0 { "" } else { "," });
        push_reference(&mut json, &relation.target, &record.id);
    }
    // Text can always be added to.
    let _ = write!(json, "],\"meta\":{{\"count\":{count}}}}}");
    Ok((json, related))
}

/// What a link names is shown also where there is no such record.
fn to_one(
    view: &View<'_>,
    record: &Record,
    relation: &Relation,
) -> Result<(String, Vec<Record>), StoreError> {
    let Some(id) = attributes::link(&record.attributes, &relation.field) else {
        return Ok(("{\"data\":null}".to_owned(), Vec::new()));
    };
    let mut json = "{\"data\":".to_owned();
    push_reference(&mut json, &relation.target, &id);
    json.push('}');
    let found = match &relation.served {
        Some(target) => view.record(target.key, &id)?,
        None => None,
    };
    Ok((json, found.into_iter().collect()))
}

fn push_reference(json: &mut String, object: &str, id: &str) {
    json.push_str("{\"type\":");
    push_text(json, object);
    json.push_str(",\"id\":");
    push_text(json, id);
    json.push('}');
}
