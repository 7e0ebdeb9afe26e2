//! Records that are there from the start, with ids and times of one's own.

use std::sync::Arc;

use clarify_attributes::{Attributes, Write};
use jiff::Timestamp;
use serde_json::value::RawValue;

use super::apply::Applier;
use super::{Engine, Fault, Refusal, Served, attributes};
use crate::Error;
use crate::store::{Record, RecordKey, Transaction};

/// A record to start with: its id, its attributes as JSON, and its times.
///
/// ```
/// use clarify_server::Seed;
///
/// let ana = Seed::new("per_1", r#"{"name": "Ana", "title": "CTO"}"#)
///     .created_at("2024-03-01T12:00:00Z".parse().unwrap());
/// # let _ = ana;
/// ```
#[derive(Clone, Debug)]
pub struct Seed {
    id: String,
    attributes: String,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
}

impl Seed {
    /// A record with this id and these attributes, a JSON object. Its times are those of now.
    #[must_use]
    pub fn new(id: impl Into<String>, attributes: impl Into<String>) -> Self {
        Self { id: id.into(), attributes: attributes.into(), created_at: None, updated_at: None }
    }

    /// The same record, created at this moment; kept to the millisecond.
    #[must_use]
    pub const fn created_at(mut self, moment: Timestamp) -> Self {
        self.created_at = Some(moment);
        self
    }

    /// The same record, last written at this moment; else that is when it was created.
    #[must_use]
    pub const fn updated_at(mut self, moment: Timestamp) -> Self {
        self.updated_at = Some(moment);
        self
    }

    fn record(&self, attributes: &Attributes<'_>, now: i64) -> Record {
        let created_at = self.created_at.map_or(now, Timestamp::as_millisecond);
        Record {
            key: RecordKey(0),
            id: self.id.clone(),
            created_at,
            updated_at: self.updated_at.map_or(created_at, Timestamp::as_millisecond),
            attributes: attributes::render(attributes),
            merged_ids: None,
        }
    }
}

impl Engine {
    /// Inserts every seed, or none.
    pub(crate) fn seed(&self, object: &str, seeds: &[Seed]) -> Result<(), Error> {
        let refuse = |refusal: Refusal| {
            let lines: Vec<_> = refusal.faults.iter().map(Fault::line).collect();
            Error::Seed(lines.join("; "))
        };
        // Where the schema changes meanwhile, the seeds are read anew.
        loop {
            let served = self.object(object).map_err(refuse)?;
            let records = self.read_seeds(&served, seeds)?;
            let target = Arc::clone(&served);
            let write =
                move |transaction: &mut Transaction<'_>| insert_all(transaction, &target, records);
            match self.write_blocking(&served, write) {
                Err(refusal) if refusal.is_stale() => {}
                result => return result.map_err(refuse),
            }
        }
    }

    fn read_seeds(
        &self,
        served: &Served,
        seeds: &[Seed],
    ) -> Result<Vec<(Record, Attributes<'static>)>, Error> {
        let read = |seed: &Seed| {
            let attributes = self.read_seed(served, seed)?;
            Ok((seed.record(&attributes, self.store.clock().now()), attributes))
        };
        seeds.iter().map(read).collect()
    }

    fn read_seed(&self, served: &Served, seed: &Seed) -> Result<Attributes<'static>, Error> {
        let refuse = |detail: String| Error::Seed(format!("`{}`: {detail}", seed.id));
        if seed.id.is_empty() {
            return Err(refuse("an id can't be empty".to_owned()));
        }
        let raw: &RawValue = serde_json::from_str(&seed.attributes)
            .map_err(|error| refuse(format!("its attributes are not JSON: {error}")))?;
        attributes::read(&served.object, raw.get(), Write::Create, self.contract, "")
            .map_err(|faults| refuse(faults.iter().map(Fault::line).collect::<Vec<_>>().join("; ")))
    }
}

fn insert_all(
    transaction: &mut Transaction<'_>,
    served: &Served,
    records: Vec<(Record, Attributes<'_>)>,
) -> Result<(), Refusal> {
    let mut applier = Applier::new(transaction, served);
    for (record, attributes) in records {
        let id = record.id.clone();
        if applier.find(&id)?.is_some() {
            return Err(Fault::new(400, format!("`{id}`: this id is taken")).into());
        }
        match applier.insert_given(record, &attributes) {
            Ok(_) => {}
            Err(trouble) => {
                let faults = trouble.at(&format!("`{id}`"), served)?;
                return Err(faults.into());
            }
        }
    }
    Ok(())
}
