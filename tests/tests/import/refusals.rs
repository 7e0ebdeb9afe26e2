//! Records that the service refuses, and the others beside them.

use std::collections::HashMap;

use clarify_core::import::End;
use clarify_tests::misbehaving::{Dialect, Fault, Misbehaving, On};
use clarify_tests::objects::{self, Person, SalesOrder};

use crate::scene::{bad_person, direct, ends, order, person, server, stored, tally, through, word};

/// 75 people, of whom two can't be written.
fn people() -> Vec<Person> {
    let mut people: Vec<Person> = (0..75).map(person).collect();
    people[7] = bad_person();
    people[40] = bad_person();
    people
}

#[tokio::test]
async fn one_bad_record_does_not_sink_the_24_beside_it() {
    let server = server();
    let (proxy, client) = through(Misbehaving::before(&server));
    let all = ends(client.records::<Person>().import(people()).outcomes()).await;
    assert_eq!(tally(&all), HashMap::from([("created", 73), ("refused", 2)]));
    assert_eq!((word(&all[7]), word(&all[40])), ("refused", "refused"));
    assert_eq!(proxy.count(), 5, "three batches, two of them once more without the one");
    let End::Refused(error) = &all[40].end else { panic!() };
    assert_eq!((error.status(), error.field()), (Some(422), Some("email_addresses")));
    assert_eq!(error.problems()[0].pointer, "/data/attributes/email_addresses/items/0");
    assert!(error.request_id().is_some());
    // It had another place in the batch that it was sent in, of which nobody knows.
    let place = "/data/attributes/email_addresses/items/0: ";
    assert_eq!(error.to_string().matches("/attributes/").count(), 1, "{error}");
    assert!(error.to_string().contains(place), "{error}");
    assert!(error.problems()[0].detail.starts_with(place), "{error:?}");
    assert_eq!(stored::<Person>(&server).await.len(), 73);
}

#[tokio::test]
async fn where_nothing_points_to_it_the_batch_is_halved() {
    let server = server();
    let proxy = Misbehaving::before(&server).dialect(Dialect::Live).objects(objects::ALL).seed(3);
    let (_proxy, client) = through(proxy);
    let all = ends(client.records::<Person>().import(people()).outcomes()).await;
    assert_eq!(tally(&all), HashMap::from([("written", 73), ("refused", 2)]));
    assert_eq!((word(&all[7]), word(&all[40])), ("refused", "refused"));
    assert_eq!(stored::<Person>(&server).await.len(), 73);
}

#[tokio::test]
async fn the_live_contract_tells_what_is_older_than_the_run() {
    let server = server();
    let proxy = Misbehaving::before(&server).dialect(Dialect::Live).objects(objects::ALL);
    let proxy = proxy.start();
    let later = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(60);
    let clock = clarify_tests::clock::TestClock::at(later);
    direct(&server)
        .records::<SalesOrder>()
        .import((0..30).map(order))
        .await
        .unwrap()
        .into_result()
        .unwrap();
    let client = proxy.builder().clock(clock).build().unwrap();
    let orders = client.records::<SalesOrder>();
    let report = orders.import((0..30).map(order)).await.unwrap();
    assert_eq!(report.progress.matched, 30, "they were there before the run began");
    // And what came back earlier in the run was there by then.
    let client = proxy.client();
    let twice = (100..110).map(order).chain((100..110).map(order));
    let report = client.records::<SalesOrder>().import(twice).await.unwrap();
    assert_eq!((report.progress.written, report.progress.matched), (10, 10));
}

#[tokio::test]
async fn what_this_client_can_not_send_is_refused_alone() {
    let server = server();
    let (proxy, client) = through(Misbehaving::before(&server));
    let mut people: Vec<Person> = (0..25).map(person).collect();
    people[5] = Person::default();
    let all = ends(client.records::<Person>().import(&people).outcomes()).await;
    assert_eq!(tally(&all), HashMap::from([("created", 24), ("refused", 1)]));
    assert_eq!(proxy.count(), 1);
    let error = all[5].end.error().unwrap();
    assert_eq!(error.field(), Some("email_addresses"));
    assert!(!error.may_have_been_received());
}

#[tokio::test]
async fn what_can_not_get_better_stops_the_import_at_once() {
    let server = server();
    let proxy = Misbehaving::before(&server).start();
    let client = proxy.builder().api_key("wrong").build().unwrap();
    let stopped = client.records::<SalesOrder>().import((0..1000).map(order)).concurrency(2).await;
    let stopped = stopped.unwrap_err();
    assert!(stopped.error.is_unauthorized());
    assert_eq!(stopped.report.progress.not_attempted, 1000);
    assert_eq!(stopped.report.failures[999].index, 999, "each is given back");
    assert!(proxy.count() <= 2, "{}", proxy.count());
    let text = stopped.to_string();
    assert!(text.starts_with("the import stopped with 1000 records not attempted: POST"), "{text}");
    assert!(clarify_core::Error::from(stopped).is_unauthorized());
}

#[tokio::test]
async fn an_object_that_does_not_exist_stops_the_import() {
    let server = clarify_server::Server::builder().start().unwrap();
    let stopped = direct(&server).records::<SalesOrder>().import((0..60).map(order)).await;
    let stopped = stopped.unwrap_err();
    assert!(stopped.error.is_not_found());
    assert_eq!(stopped.report.progress.not_attempted, 60);
}

#[tokio::test]
async fn a_record_that_the_service_fails_on_is_found_by_halving() {
    let server = server();
    let proxy = Misbehaving::before(&server)
        .fault(Fault::ServerError, On::Every)
        .on_route("POST", "/records/bulk");
    let (proxy, client) = through(proxy);
    let all = ends(client.records::<SalesOrder>().import((0..3).map(order)).outcomes()).await;
    assert_eq!(tally(&all), HashMap::from([("uncertain", 3)]));
    // The three, then the first two, then each by itself: four tries each.
    assert_eq!(proxy.count(), 20);
}
