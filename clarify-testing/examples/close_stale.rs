//! Closes the tickets of a workspace that nobody has touched for thirty days:
//! `CLARIFY_WORKSPACE=acme CLARIFY_API_KEY=… cargo run --example close_stale`.
//!
//! How it is tested stands in `tests/close_stale.rs`.

use clarify_core::{ClarifyObject, ClarifySelect, Client, Error, Patch, Record};
use jiff::{SignedDuration, Timestamp};

/// A question of a customer's.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
pub struct Ticket {
    /// What the customer calls it.
    #[clarify(unique)]
    pub number: String,
    /// Whether it is settled.
    pub status: Status,
}

/// Whether a ticket is settled.
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum Status {
    /// Somebody has to answer.
    Open,
    /// It is settled.
    Closed,
}

/// Closes what was not touched since thirty days before `now`, and says how many that were.
pub async fn close_stale(clarify: &Client, now: Timestamp) -> Result<usize, Error> {
    let tickets = clarify.records::<Ticket>();
    let last_month = now - SignedDuration::from_hours(30 * 24);
    let mut stale = tickets
        .list()
        .filter(Ticket::STATUS.is(Status::Open))
        .filter(Record::<Ticket>::UPDATED_AT.before(last_month))
        .records();
    let mut found = Vec::new();
    while let Some(ticket) = stale.next().await {
        found.push(ticket?);
    }
    for ticket in &found {
        tickets.update(ticket, Patch::new().set(Ticket::STATUS, Status::Closed)).await?;
    }
    Ok(found.len())
}

#[tokio::main]
#[allow(dead_code, reason = "the test has a `main` of its own")]
async fn main() -> Result<(), Error> {
    let closed = close_stale(&Client::from_env()?, Timestamp::now()).await?;
    println!("{closed} tickets closed");
    Ok(())
}
