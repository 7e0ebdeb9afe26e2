//! The client without async.

#![allow(clippy::unwrap_used, reason = "a test that does not go as it should ends there")]

use clarify_core::blocking::{Iter as _, Wait as _};
use clarify_core::import::End;
use clarify_core::{Error, Patch, Record};
use clarify_tests::World;
use clarify_tests::objects::{Person, SalesOrder};

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
async fn within_async_code_it_is_an_error_that_says_what_to_do() {
    let world = World::start();
    let error = world.people().list().wait().unwrap_err();
    assert!(error.is_config() && error.to_string().contains("use `.await`"), "{error}");
    assert!(world.people().list().records().iter().is_err());
    let stopped = world.people().import([Person::default()]).wait().unwrap_err();
    assert!(stopped.error.is_config());
}
