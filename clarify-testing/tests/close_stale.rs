//! The tests of a small program that uses the client, `examples/close_stale.rs`.
// What a test does not expect ends it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../examples/close_stale.rs"]
mod program;

use std::time::Duration;

use clarify_testing::{Error, Fault, Workspace};
use program::{Status, Ticket, close_stale};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn ticket(number: &str, status: Status) -> Ticket {
    Ticket { number: number.into(), status }
}

/// Two tickets of January, one of which is closed, and one of March.
async fn tickets() -> Result<Workspace, Error> {
    let test = clarify_testing::workspace()
        .time("2024-01-10T12:00:00Z")
        .seed([ticket("T-1", Status::Open), ticket("T-2", Status::Closed)])
        .open()
        .await?;
    test.advance(60 * DAY);
    test.seed([ticket("T-3", Status::Open)]).await?;
    test.forget_requests();
    Ok(test)
}

#[tokio::test]
async fn what_nobody_touched_is_closed() -> Result<(), Error> {
    let test = tickets().await?;
    let now = "2024-03-11T12:00:00Z".parse().unwrap();

    assert_eq!(close_stale(test.client(), now).await?, 1);

    let closed = test.records::<Ticket>().list().filter(Ticket::STATUS.is(Status::Closed)).await?;
    let numbers: Vec<_> = closed.records.iter().map(|t| &*t.attributes.number).collect();
    assert_eq!(numbers, ["T-1", "T-2"]);
    let requests = test.requests();
    assert_eq!(requests.count("PATCH /objects/c_ticket/records"), 1, "{requests}");
    Ok(())
}

#[tokio::test]
async fn a_day_without_work_changes_nothing() -> Result<(), Error> {
    let test = tickets().await?;
    assert_eq!(close_stale(test.client(), "2024-02-01T12:00:00Z".parse().unwrap()).await?, 0);
    assert_eq!(test.requests().count("PATCH /objects/c_ticket/records"), 0);
    Ok(())
}

#[tokio::test]
async fn a_service_that_stumbles_is_asked_again() -> Result<(), Error> {
    let test = tickets().await?;
    test.fault(Fault::status(503).nth(1).on("GET", "/resources"))?;
    assert_eq!(close_stale(test.client(), "2024-03-11T12:00:00Z".parse().unwrap()).await?, 1);
    assert_eq!(test.requests().count("GET /resources"), 2);
    Ok(())
}
