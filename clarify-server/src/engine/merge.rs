//! Merges: records that stand for the same are folded into one of them.

use std::borrow::Cow;
use std::sync::Arc;

use clarify_attributes::{Attributes, Members};
use clarify_schema::{Field, Kind, Object};
use indexmap::IndexSet;

use super::apply::Applier;
use super::body::{self, IdRule};
use super::delete::find_all;
use super::meta::{Meta, union};
use super::relations::Ties;
use super::trouble::Trouble;
use super::{Engine, Fault, Refusal, Served, attributes, no_such_record, ties};
use crate::store::{Record, RecordKey, StoreError, Transaction};

/// Where a merge's body names the records to be folded in.
const SOURCES: &str = "/data/attributes/sources";

impl Engine {
    /// Folds the records that the body names into this one, and deletes them.
    pub(crate) async fn merge(
        &self,
        object: Arc<Served>,
        id: &str,
        body: &[u8],
    ) -> Result<(), Refusal> {
        self.with_current(object, |object| self.merge_now(object, id, body)).await
    }

    async fn merge_now(&self, object: Arc<Served>, id: &str, body: &[u8]) -> Result<(), Refusal> {
        let envelope = body::read_envelope(body)?;
        let reader = body::reader(&object, self.contract, IdRule::Forbidden);
        let sources = sources(reader.read_members(body::data(&envelope)?)?)?;
        let sources = body::read_ids(sources, SOURCES, self.contract.max_bulk)?;
        let (served, id, ties) = (Arc::clone(&object), id.to_owned(), self.objects.ties(&object));
        let write = move |transaction: &mut Transaction<'_>| {
            merge(transaction, &served, &ties, &id, sources)
        };
        self.write(&object, write).await
    }
}

fn sources(attributes: &str) -> Result<&str, Fault> {
    let sources = Members::of(attributes).and_then(|members| members.get("sources"));
    sources.ok_or_else(|| Fault::invalid(SOURCES, "expected the ids of the records to fold in"))
}

fn merge(
    transaction: &mut Transaction<'_>,
    served: &Served,
    ties: &Ties,
    id: &str,
    sources: Vec<Result<String, Fault>>,
) -> Result<(), Refusal> {
    let mut applier = Applier::new(transaction, served);
    let target = applier.find(id)?.ok_or_else(|| no_such_record(served, id))?;
    let sources = find_all(&mut applier, served, sources, SOURCES)?;
    if sources.contains(&target) {
        return Err(Fault::invalid(SOURCES, format!("`{id}` can't be merged into itself")).into());
    }
    let states = applier.states(&sources.iter().copied().collect::<Vec<_>>())?;
    let before = applier.state(target)?;
    let change = folded(&served.object, &before, &states);
    let merged: IndexSet<_> = sources.iter().copied().chain([target]).collect();
    for state in &states {
        ties::redirect(transaction, ties, &state.id, id, &merged)?;
    }
    move_pairs(transaction, ties, target, &sources)?;
    finish(transaction, served, ties, target, &states, change)
}

/// What the record gains: values that it does not have, and items that its collections do not have.
/// The first of the sources that has a value gives it. What linked one of them to another is no more.
fn folded(object: &Object, target: &Record, sources: &[Record]) -> Attributes<'static> {
    let gone: Vec<_> = sources.iter().map(|source| &*source.id).collect();
    let all_of_them: Vec<_> = gone.iter().copied().chain([&*target.id]).collect();
    let mut all = attributes::parse(&target.attributes);
    let within: Vec<_> = links_within(object, &all, &gone);
    all.retain(|name, _| !within.iter().any(|within| within == name));
    let mut gained: Attributes<'_> = within.into_iter().map(|name| (name, "null")).collect();
    for source in sources {
        let mut given = attributes::parse(&source.attributes);
        let within = links_within(object, &given, &all_of_them);
        given.retain(|name, _| !within.iter().any(|within| within == name));
        for (name, value) in given.iter() {
            let folded: Cow<'_, str> = match (all.get(name), object.field(name)) {
                (None, _) => value.into(),
                (Some(kept), Some(field)) if field.kind.is_collection() => {
                    union(field.kind, kept, value).into()
                }
                _ => continue,
            };
            all.insert(name, &folded);
            gained.insert(name, &folded);
        }
    }
    gained
}

/// The fields by which a record is linked to one of these, which are of the same object.
fn links_within(object: &Object, attributes: &Attributes<'_>, ids: &[&str]) -> Vec<String> {
    let is_own =
        |field: &&Field| field.kind == Kind::ToOne && field.target.as_ref() == Some(&object.name);
    let leads_there = |field: &&Field| {
        let id = attributes.get(&field.name).and_then(attributes::link_id);
        id.is_some_and(|id| ids.contains(&&*id))
    };
    let fields = object.fields.iter().filter(is_own).filter(leads_there);
    fields.map(|field| field.name.to_string()).collect()
}

fn move_pairs(
    transaction: &mut Transaction<'_>,
    ties: &Ties,
    target: RecordKey,
    sources: &IndexSet<RecordKey>,
) -> Result<(), StoreError> {
    for (there, back) in &ties.pairs {
        for source in sources {
            for other in transaction.paired(there, *source)? {
                // What two of them had between them goes with the source.
                if other != target && !sources.contains(&other) {
                    transaction.pair(there, target, back, other)?;
                }
            }
        }
    }
    Ok(())
}

/// The sources go first: the record takes their unique values.
fn finish(
    transaction: &mut Transaction<'_>,
    served: &Served,
    ties: &Ties,
    target: RecordKey,
    sources: &[Record],
    change: Attributes<'_>,
) -> Result<(), Refusal> {
    let mut applier = Applier::new(transaction, served);
    for source in sources {
        applier.delete(source.key, ties)?;
    }
    applier.forget_deleted()?;
    let noted = applier.note_merged(target, sources);
    let changed = noted.map_err(Trouble::from);
    match changed.and_then(|()| applier.change(target, &change, &Meta::default())) {
        Ok(_) => Ok(()),
        Err(trouble) => Err(trouble.at("/data", served)?.into()),
    }
}
