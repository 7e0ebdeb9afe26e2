//! Creates, alone and in bulk. Both match on the unique field, where the contract or the request
//! says so.

use std::sync::Arc;

use super::apply::{Applier, CreateRule};
use super::body::{self, IdRule, Item};
use super::trouble::apply_all;
use super::upsert::{Seen, Upsert};
use super::written::Written;
use super::{Batch, Engine, Fault, Refusal, Served, refusal};
use crate::contract::Terms;
use crate::store::{RecordKey, Transaction, Undo};

/// What creates have made.
pub(crate) struct Created {
    /// One record for each that was sent, in that order, as it is after all of them.
    pub(crate) batch: Batch,
    /// The positions that matched a record, be it one that the same request has made.
    pub(crate) matched: Vec<usize>,
}

impl Engine {
    /// Creates one record.
    pub(crate) async fn create(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<Created, Refusal> {
        self.with_current(object, |object| self.create_now(object, body)).await
    }

    async fn create_now(&self, object: Arc<Served>, body: &[u8]) -> Result<Created, Refusal> {
        let envelope = body::read_envelope(body)?;
        let asked = self.asked(envelope.match_on, &object);
        let reader = body::reader(&object, self.contract, IdRule::Forbidden);
        let item = body::read_single(&envelope, reader)?;
        self.upsert(object, vec![item], asked, |_| "/data".to_owned()).await
    }

    /// Creates many records: all of them or none.
    pub(crate) async fn create_bulk(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<Created, Refusal> {
        self.with_current(object, |object| self.create_bulk_now(object, body)).await
    }

    async fn create_bulk_now(&self, object: Arc<Served>, body: &[u8]) -> Result<Created, Refusal> {
        let envelope = body::read_envelope(body)?;
        let asked = self.asked(envelope.match_on, &object);
        let reader = body::reader(&object, self.contract, IdRule::Forbidden);
        let items = body::read_many(&envelope, reader, self.contract.max_batch_create)?;
        self.upsert(object, items, asked, |index| format!("/data/{index}")).await
    }

    async fn upsert(
        &self,
        object: Arc<Served>,
        items: Vec<Item>,
        asked: Asked,
        at: impl Fn(usize) -> String + Send + 'static,
    ) -> Result<Created, Refusal> {
        let upserts: Vec<_> = items.into_iter().map(|item| Upsert::of(&object, item)).collect();
        let served = Arc::clone(&object);
        // One that can't be written is refused before anything is.
        let is_sure = upserts.len() == 1 && asked.fault.is_none();
        let undo = if is_sure { Undo::Together } else { Undo::Alone };
        let written = room_for(&upserts);
        let write = move |transaction: &mut Transaction<'_>, upserts: &Vec<_>| {
            let mut applier = Applier::new(transaction, &served);
            let done = upsert_all(&mut applier, &served, upserts, asked, at)?;
            done.written(&applier, written)
        };
        let written = self.write_given(undo, &object, upserts, write).await?;
        Ok(self.created(&object, written))
    }

    /// What the request says about records that are there.
    pub(super) fn asked(&self, match_on: Option<&str>, object: &Served) -> Asked {
        let Terms { create_matches, ids, .. } = *self.contract;
        let match_on = body::read_match_on(match_on, &object.object);
        // Who asks for a match in a wrong way is told what that match would have met with.
        let (asked, fault) = match_on.map_or_else(|fault| (true, Some(fault)), |on| (on, None));
        Asked { rule: CreateRule { matches: asked || create_matches, ids }, fault }
    }

    pub(super) fn created(
        &self,
        object: &Served,
        (written, matched): (Written, Vec<usize>),
    ) -> Created {
        Created { batch: self.show_written(object, &written), matched }
    }
}

/// What a create does with records that are there.
pub(super) struct Asked {
    rule: CreateRule,
    /// What is wrong with how it was asked for.
    fault: Option<Fault>,
}

/// The records that were created or matched.
pub(super) struct Done(pub(super) Vec<(RecordKey, bool)>);

impl Done {
    /// The records as they are after all that was written, and the positions of those that matched.
    pub(super) fn written(
        self,
        applier: &Applier<'_, '_>,
        mut written: Written,
    ) -> Result<(Written, Vec<usize>), Refusal> {
        let order: Vec<_> = self.0.iter().map(|(key, _)| *key).collect();
        applier.fill(&mut written, &order)?;
        let matched = self.0.iter().enumerate().filter(|(_, (_, matched))| *matched);
        Ok((written, matched.map(|(index, _)| index).collect()))
    }
}

/// Room for what these write.
fn room_for(upserts: &[Result<Upsert, Vec<Fault>>]) -> Written {
    let good = upserts.iter().filter_map(|upsert| upsert.as_ref().ok());
    Written::with_room_for(upserts.len(), good.map(|upsert| &upsert.attributes))
}

pub(super) fn upsert_all(
    applier: &mut Applier<'_, '_>,
    served: &Served,
    upserts: &[Result<Upsert, Vec<Fault>>],
    asked: Asked,
    at: impl Fn(usize) -> String,
) -> Result<Done, Refusal> {
    let seen = if asked.rule.matches { applier.look_up(upserts)? } else { Seen::default() };
    let upserts = upserts.iter().enumerate().map(|(number, upsert)| match upsert {
        Ok(upsert) => Ok((number, upsert)),
        Err(faults) => Err(faults.clone()),
    });
    let upsert = |(number, upsert)| applier.upsert(upsert, seen.of(number), asked.rule);
    refusal::with(asked.fault, apply_all(upserts, served, at, upsert)).map(Done)
}
