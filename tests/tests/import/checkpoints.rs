//! Imports that end early, and go on.

use std::collections::{BTreeSet, HashMap};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clarify_core::import::{Checkpoint, Event};
use clarify_tests::misbehaving::{Fault, Misbehaving, On};
use clarify_tests::objects::{Meeting, SalesOrder};
use futures_util::FutureExt as _;

use crate::scene::{direct, ends, order, server, stored, tally, through, word};

#[tokio::test]
async fn an_import_goes_on_where_it_stood() {
    let server = server();
    let orders = direct(&server).records::<SalesOrder>();
    let mut outcomes = orders.import((0..200).map(order)).concurrency(2).outcomes();
    for _ in 0..60 {
        outcomes.next().await.unwrap();
    }
    let kept = serde_json::to_string(outcomes.checkpoint()).unwrap();
    drop(outcomes);
    let checkpoint: Checkpoint = serde_json::from_str(&kept).unwrap();
    assert_eq!(checkpoint.done, 60);
    let mut rest = orders.import((0..200).map(order)).resume(checkpoint).outcomes();
    let mut next = 60;
    while let Some(imported) = rest.next().await {
        assert_eq!(imported.index, next);
        assert_eq!(imported.item.order_number, format!("SO-{next}"));
        assert!(imported.end.is_written());
        next += 1;
    }
    assert_eq!((next, rest.progress().all_written()), (200, 140));
    assert_eq!(stored::<SalesOrder>(&server).await.len(), 200);
}

#[tokio::test]
async fn creates_that_were_sent_are_not_sent_again_after_a_crash() {
    let server = server();
    let meetings = direct(&server).records::<Meeting>();
    let all = || (0..60).map(|n| Meeting { title: Some(format!("m{n}")), ..Meeting::default() });
    // What is kept before each batch is sent is what is there after a power failure.
    let kept = Arc::new(Mutex::new(Checkpoint::default()));
    let keep = Arc::clone(&kept);
    let mut outcomes = meetings
        .import_new(all())
        .concurrency(1)
        .on_event(move |event| {
            if let Event::Sending { checkpoint, .. } = event {
                *keep.lock().unwrap() = checkpoint.clone();
            }
        })
        .outcomes();
    for _ in 0..30 {
        outcomes.next().await.unwrap();
    }
    drop(outcomes);
    let checkpoint = kept.lock().unwrap().clone();
    let (done, sent) = (checkpoint.done, checkpoint.sent.clone());
    assert!(done <= 30 && sent.iter().all(|place| *place >= done));

    let rest = ends_from(done, meetings.import_new(all()).resume(checkpoint).outcomes()).await;
    for (place, word) in (done..).zip(&rest) {
        assert_eq!(*word, if sent.contains(&place) { "uncertain" } else { "created" }, "{place}");
    }
    assert_eq!(done as usize + rest.len(), 60);
    let stored = stored::<Meeting>(&server).await;
    let titles: BTreeSet<_> = stored.iter().map(|r| r.attributes.title.clone()).collect();
    assert_eq!(stored.len(), titles.len(), "none is there twice");
}

async fn ends_from<T, R>(
    first: u64,
    mut outcomes: clarify_core::import::Outcomes<'_, T, R>,
) -> Vec<&'static str> {
    let mut words = Vec::new();
    while let Some(imported) = outcomes.next().await {
        assert_eq!(imported.index, first + words.len() as u64);
        words.push(word(&imported));
    }
    words
}

#[tokio::test]
async fn who_stops_an_import_gets_the_rest_back() {
    let server = server();
    let orders = direct(&server).records::<SalesOrder>();
    let mut outcomes = orders.import((0..1000).map(order)).concurrency(2).outcomes();
    let mut all = vec![outcomes.next().await.unwrap()];
    outcomes.stop();
    assert!(outcomes.stopped().is_some());
    all.extend(ends(outcomes).await);
    let counts = tally(&all);
    let written = counts["created"];
    assert_eq!(counts, HashMap::from([("created", written), ("not attempted", 1000 - written)]));
    assert!(written < 200, "what was under way came to its end, and no more: {written}");
    assert_eq!(stored::<SalesOrder>(&server).await.len(), written);
}

#[tokio::test]
async fn nothing_is_sent_once_the_state_can_not_be_kept() {
    let server = server();
    let meetings = direct(&server).records::<Meeting>();
    let all = (0..200).map(|n| Meeting { title: Some(format!("m{n}")), ..Meeting::default() });
    let mut kept = 0;
    let keep = move |_: &Checkpoint| {
        kept += 1;
        if kept < 3 { Ok(()) } else { Err(std::io::Error::other("the disk is full")) }
    };
    let stopped = meetings.import_new(all).concurrency(1).keep(keep).await.unwrap_err();
    assert_eq!(stopped.report.progress.created, 50);
    assert_eq!(stopped.report.progress.not_attempted, 150);
    assert_eq!((stopped.report.checkpoint.done, stopped.report.checkpoint.sent.len()), (50, 0));
    assert_eq!(stored::<Meeting>(&server).await.len(), 50);
    let source = std::error::Error::source(&stopped.error).unwrap().to_string();
    assert_eq!(source, "the disk is full");
}

#[test]
fn what_ends_with_a_runtime_is_uncertain() {
    let server = server();
    let never = Fault::Latency(Duration::from_secs(3600));
    let (_proxy, client) = through(Misbehaving::before(&server).fault(never, On::Every));
    let mut outcomes =
        client.records::<SalesOrder>().import((0..1000).map(order)).concurrency(2).outcomes();
    let first = tokio::runtime::Runtime::new().unwrap();
    assert!(first.block_on(async { outcomes.next().now_or_never() }).is_none());
    drop(first);
    let all = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut all = Vec::new();
        while let Some(imported) = outcomes.next().await {
            all.push(imported);
        }
        assert_eq!(outcomes.progress().total(), 1000);
        all
    });
    // Two batches were under way, and a third was ready.
    assert_eq!(tally(&all), HashMap::from([("uncertain", 50), ("not attempted", 950)]));
}

#[tokio::test]
async fn a_panic_of_who_is_told_of_events_is_told_and_ends_the_import() {
    let server = server();
    let misbehaving = Misbehaving::before(&server);
    let (_proxy, client) = through(misbehaving.fault(Fault::BadGateway, On::Every));
    let orders = client.records::<SalesOrder>().import((0..1000).map(order)).concurrency(2);
    let on_event = |event: Event<'_>| assert!(!matches!(event, Event::Retrying { .. }));
    let mut outcomes = orders.on_event(on_event).outcomes();
    let (mut all, mut panics) = (Vec::new(), 0);
    loop {
        match AssertUnwindSafe(outcomes.next()).catch_unwind().await {
            Ok(Some(imported)) => all.push(imported),
            Ok(None) => break,
            Err(_) => panics += 1,
        }
    }
    assert!(panics > 0 && outcomes.stopped().is_some());
    // Two batches were under way.
    assert_eq!(tally(&all), HashMap::from([("uncertain", 50), ("not attempted", 950)]));
}

#[tokio::test]
async fn what_an_outage_leaves_uncertain_is_what_was_sent() {
    let server = server();
    let misbehaving = Misbehaving::before(&server);
    let (proxy, client) = through(misbehaving.fault(Fault::GatewayTimeoutAfterCommit, On::Every));
    let orders = client.records::<SalesOrder>();
    let mut outcomes = orders.import((0..1000).map(order)).concurrency(8).outcomes();
    let mut uncertain = BTreeSet::new();
    while let Some(imported) = outcomes.next().await {
        if word(&imported) == "uncertain" {
            uncertain.insert(imported.item.order_number);
        }
    }
    let bodies: Vec<_> = proxy.requests().into_iter().map(|seen| seen.body).collect();
    let was_sent =
        |number: &String| bodies.iter().any(|body| body.contains(&format!("\"{number}\"")));
    let sent: BTreeSet<_> = (0..1000).map(|n| order(n).order_number).filter(was_sent).collect();
    assert_eq!(uncertain, sent);
    assert!(sent.len() < 1000, "it stops");
}

#[tokio::test]
async fn what_was_created_maybe_is_not_created_again_after_a_run_that_was_stopped_at_once() {
    let server = server();
    let meeting = |n: usize| Meeting { title: Some(format!("M {n}")), ..Meeting::default() };
    let meetings = direct(&server).records::<Meeting>();
    let sent: Checkpoint = serde_json::from_str(r#"{"done": 0, "sent": [0, 1, 2]}"#).unwrap();
    let stopped = meetings.import_new((0..9).map(meeting)).resume(sent).outcomes();
    stopped.stop();
    let counts = tally(&ends(stopped).await);
    assert_eq!(counts, HashMap::from([("uncertain", 3), ("not attempted", 6)]));
}
