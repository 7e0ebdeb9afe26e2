//! The client without async.

#![allow(clippy::unwrap_used, reason = "a test that does not go as it should ends there")]

use clarify_core::blocking::{Iter as _, Wait as _};
use clarify_core::import::End;
use clarify_core::{Error, Patch, Record};
use clarify_tests::World;
use clarify_tests::objects::SalesOrder;

#[test]
fn calls_lists_and_imports_are_waited_for() {
    let world = World::start();
    let orders = world.orders();
    let report = orders.import((0..60).map(|n| SalesOrder::numbered(format!("SO-{n}")))).wait();
    assert_eq!(report.unwrap().progress.created, 60);
    let page = orders.list().limit(10).wait().unwrap();
    assert_eq!((page.records.len(), page.total), (10, Some(60)));
    let all: Result<Vec<Record<SalesOrder>>, Error> =
        orders.list().limit(25).records().iter().unwrap().collect();
    assert_eq!(all.unwrap().len(), 60);
    let first = &page.records[0];
    orders.update(first, Patch::new().set(SalesOrder::PAID, true)).wait().unwrap();
    assert_eq!(orders.get(first).wait().unwrap().attributes.paid, Some(true));
    let mut deleted = orders.delete_each(page.records.iter()).outcomes().iter().unwrap();
    assert!(deleted.all(|one| matches!(one.end, End::Written { .. })));
    assert_eq!(deleted.stream().progress().written, 10);
    assert!(orders.get(first).wait().unwrap_err().is_not_found());
}

#[tokio::test]
async fn they_can_be_called_anywhere() {
    let world = World::start();
    let orders = world.orders();
    orders.upsert(&SalesOrder::numbered("SO-1")).wait().unwrap();
    let (again, mut listed) = (orders.clone(), orders.list().records().iter().unwrap());
    assert!(listed.next().unwrap().is_ok() && listed.next().is_none());
    let waited = tokio::task::spawn_blocking(move || again.list().wait().unwrap().total);
    assert_eq!(waited.await.unwrap(), Some(1));
}
