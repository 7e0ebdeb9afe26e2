//! Imports that go well.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use clarify_core::import::{End, Event, Source};
use clarify_core::{Attributes, RecordId};
use clarify_tests::misbehaving::{Fault, Misbehaving, On};
use clarify_tests::objects::{Person, SalesOrder};
use serde_json::json;

use crate::scene::{bad_person, direct, ends, order, person, server, stored, tally, through};

#[tokio::test]
async fn every_record_is_written_once_and_matched_the_second_time() {
    let server = server();
    let people = direct(&server).records::<Person>();
    let all: Vec<Person> = (0..130).map(person).collect();
    let first = ends(people.import(&all).outcomes()).await;
    assert_eq!(tally(&first), HashMap::from([("created", 130)]));
    let report = people.import(all.clone()).concurrency(3).await.unwrap();
    assert_eq!((report.progress.matched, report.progress.total()), (130, 130));
    assert!(report.is_complete() && report.failures.is_empty());

    let stored = stored::<Person>(&server).await;
    assert_eq!(stored.len(), 130);
    let ids: HashMap<_, _> =
        stored.iter().map(|r| (r.attributes.email_addresses[0].clone(), r.id.clone())).collect();
    for imported in &first {
        let End::Written { id, .. } = &imported.end else { panic!("{:?}", imported.end) };
        assert_eq!(ids[&imported.item.email_addresses[0]], *id, "the id is the record's own");
    }
}

#[tokio::test]
async fn batches_are_full_and_no_more_are_under_way_than_asked_for() {
    let server = server();
    let slow = Fault::Latency(Duration::from_millis(30));
    let (proxy, client) = through(Misbehaving::before(&server).fault(slow, On::Every));
    let report = client.records::<SalesOrder>().import((0..500).map(order)).concurrency(4).await;
    assert_eq!(report.unwrap().progress.created, 500);
    assert_eq!(proxy.count(), 20);
    assert_eq!(proxy.in_flight_peak(), 4);
}

#[tokio::test]
async fn batches_are_full_where_one_of_them_keeps_all_others_waiting() {
    let server = server();
    let slow = Fault::Latency(Duration::from_millis(200));
    let (proxy, client) = through(Misbehaving::before(&server).fault(slow, On::First(1)));
    let report = client.records::<SalesOrder>().import((0..1_000).map(order)).concurrency(2).await;
    assert_eq!(report.unwrap().progress.created, 1_000);
    assert_eq!(proxy.count(), 40);
}

#[tokio::test]
async fn records_that_share_a_value_are_never_under_way_together_and_the_last_one_wins() {
    let server = server();
    let slow = Fault::Latency(Duration::from_millis(5));
    let (proxy, client) = through(Misbehaving::before(&server).fault(slow, On::Share(0.5)));
    let people: Vec<Person> = (0..300)
        .map(|number| Person {
            title: Some(format!("{number}")),
            // Case and a second address tell nobody apart.
            email_addresses: vec![
                if number % 2 == 0 {
                    format!("P{}@example.com", number % 7)
                } else {
                    format!("p{}@EXAMPLE.com", number % 7)
                },
                format!("x{number}@example.com"),
            ],
            ..Person::default()
        })
        .collect();
    let all = ends(client.records::<Person>().import(&people).concurrency(8).outcomes()).await;
    assert_eq!(tally(&all), HashMap::from([("created", 7), ("matched", 293)]));
    let stored = stored::<Person>(&server).await;
    let mut titles: Vec<_> = stored.iter().map(|r| r.attributes.title.clone().unwrap()).collect();
    titles.sort();
    assert_eq!(titles, ["293", "294", "295", "296", "297", "298", "299"]);
    assert!(proxy.count() >= 43, "no batch holds two of one person: {}", proxy.count());
}

#[tokio::test]
async fn a_stream_is_taken_as_it_comes() {
    /// Gives three orders, then nothing for a while, then two more.
    struct Slow(usize, Arc<Mutex<Vec<usize>>>);
    impl futures_core::Stream for Slow {
        type Item = SalesOrder;
        fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<SalesOrder>> {
            self.0 += 1;
            match self.0 {
                4 => {
                    // What has come by now is sent, though it fills no batch.
                    let (waker, sent) = (cx.waker().clone(), Arc::clone(&self.1));
                    std::thread::spawn(move || {
                        while sent.lock().unwrap().is_empty() {
                            std::thread::sleep(Duration::from_millis(1));
                        }
                        waker.wake();
                    });
                    Poll::Pending
                }
                number if number <= 6 => Poll::Ready(Some(order(number))),
                _ => Poll::Ready(None),
            }
        }
    }
    let server = server();
    let sent = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&sent);
    let orders = direct(&server).records::<SalesOrder>();
    let report = orders
        .import(Source::stream(Slow(0, Arc::clone(&sent))))
        .on_event(move |event| {
            if let Event::Sending { items, .. } = event {
                noted.lock().unwrap().push(items.len());
            }
        })
        .await
        .unwrap();
    assert_eq!(report.progress.created, 5);
    assert_eq!(*sent.lock().unwrap(), [3, 2]);
}

#[tokio::test]
async fn events_tell_what_happens() {
    let server = server();
    let (_proxy, client) =
        through(Misbehaving::before(&server).fault(Fault::BadGateway, On::Nth(1)));
    let told = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&told);
    let mut people: Vec<Person> = (0..60).map(person).collect();
    people[3] = bad_person();
    let report = client
        .records::<Person>()
        .import(people)
        .concurrency(1)
        .on_event(move |event| {
            noted.lock().unwrap().push(match event {
                Event::Sending { items, .. } => format!("sending {}", items.len()),
                Event::Retrying { error, .. } => {
                    format!("retrying after {}", error.status().unwrap())
                }
                Event::Progress(progress) => {
                    format!("{} of {}", progress.created, progress.total())
                }
                _ => "new".to_owned(),
            });
        })
        .await
        .unwrap();
    assert_eq!((report.progress.created, report.progress.refused), (59, 1));
    let expected = [
        "sending 25",
        "retrying after 502",
        "24 of 25",
        "sending 25",
        "49 of 50",
        "sending 10",
        "59 of 60",
    ];
    assert_eq!(*told.lock().unwrap(), expected);
}

#[tokio::test]
async fn a_dry_run_sends_nothing_and_says_what_is_wrong() {
    let server = server();
    let (proxy, client) = through(Misbehaving::before(&server));
    let nameless = Person::default();
    let people = [person(1), bad_person(), nameless, person(2)];
    let all = ends(client.records::<Person>().import(&people).dry_run().outcomes()).await;
    assert_eq!(tally(&all), HashMap::from([("valid", 2), ("refused", 2)]));
    assert_eq!(proxy.count(), 0);
    let wrong: Vec<_> =
        all.iter().filter_map(|one| one.end.error()).map(ToString::to_string).collect();
    assert!(wrong[0].contains("/data/attributes/email_addresses/items/0"), "{}", wrong[0]);
    assert!(wrong[1].contains("an upsert matches on `email_addresses`"), "{}", wrong[1]);
    assert_eq!(stored::<Person>(&server).await.len(), 0);
}

#[tokio::test]
async fn the_dynamic_twin_imports_too() {
    let server = server();
    let client = direct(&server);
    let orders = client.dynamic("c_sales_order").unwrap();
    let rows = |count: usize| {
        (0..count).map(|n| Attributes::from_iter([("order_number", json!(format!("D-{n}")))]))
    };
    let stopped = orders.import(rows(2)).await.unwrap();
    assert_eq!(stopped.progress.refused, 2, "the unique field is not known");
    let orders = orders.match_on("order_number");
    let report = orders.import(rows(30)).await.unwrap();
    assert_eq!(report.progress.created, 30);
    let saved = orders.upsert(&rows(1).next().unwrap()).await.unwrap();
    assert_eq!(saved.attributes["order_number"], "D-0");
    let found = orders.get(RecordId::new(saved.id.as_str())).await.unwrap();
    assert_eq!(found.attributes, saved.attributes);
}
