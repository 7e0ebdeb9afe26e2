//! Records to begin with.

use std::any::Any;
use std::pin::Pin;

use clarify_core::{Batch, ClarifyObject, Client, Outcome, Record};

use crate::Error;

/// The records of one call, as the service gave them back: a `Vec<Record<T>>`.
pub(crate) type Seeded = Box<dyn Any + Send + Sync>;

/// What writes the records of one call.
pub(crate) type Seed = Box<dyn FnOnce(Client) -> Seeding + Send>;

type Seeding = Pin<Box<dyn Future<Output = Result<Seeded, Error>> + Send>>;

pub(crate) fn seed<T: ClarifyObject>(records: Vec<T>) -> Seed {
    let write = async |client: Client| Ok(Box::new(write(&client, records).await?) as Seeded);
    Box::new(move |client| Box::pin(write(client)))
}

/// Creates records, in order. Each must be a new one.
pub(crate) async fn write<T: ClarifyObject>(
    client: &Client,
    records: Vec<T>,
) -> Result<Vec<Record<T>>, Error> {
    let mut written = Vec::with_capacity(records.len());
    for batch in Batch::split(records) {
        let before = written.len();
        let created = client.records::<T>().bulk_create(&batch).await;
        let created = created.map_err(|error| refused::<T>(before, error))?;
        let matched = |record: &Record<T>| record.outcome == Some(Outcome::Matched);
        if let Some(place) = created.iter().position(matched) {
            let why = "its unique value belongs to a record that is there".to_owned();
            return Err(Error::Seed(line::<T>(before + place, &why)));
        }
        written.extend(created);
    }
    Ok(written)
}

/// Names each record that was refused.
fn refused<T: ClarifyObject>(before: usize, error: clarify_core::Error) -> Error {
    let lines = error.problems().iter().map(|problem| {
        let place = problem.record_index()?;
        let field = problem.field().map(|field| format!("{field}: ")).unwrap_or_default();
        Some(line::<T>(before + place, &format!("{field}{}", problem.detail)))
    });
    match lines.collect::<Option<Vec<_>>>() {
        Some(lines) if !lines.is_empty() => Error::Seed(lines.join("; ")),
        _ => Error::Client(error),
    }
}

fn line<T: ClarifyObject>(place: usize, why: &str) -> String {
    format!("seed {place} of `{}`: {why}", T::NAME)
}
