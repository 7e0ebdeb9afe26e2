//! Creates without match: never twice.

use std::collections::HashMap;

use clarify_tests::misbehaving::{Fault, Misbehaving, On};
use clarify_tests::objects::Meeting;

use crate::scene::{ends, meeting, server, stored, tally, through, word};

#[tokio::test]
async fn a_batch_whose_answer_was_lost_is_uncertain_and_the_others_are_written() {
    let server = server();
    let proxy = Misbehaving::before(&server).fault(Fault::CloseAfterCommit, On::Nth(1));
    let (_proxy, client) = through(proxy);
    let meetings = client.records::<Meeting>();
    let all = ends(meetings.import_new((0..75).map(meeting)).concurrency(1).outcomes()).await;
    assert_eq!(tally(&all), HashMap::from([("created", 50), ("uncertain", 25)]));
    assert!(all[25..50].iter().all(|one| word(one) == "uncertain"));
    let error = all[30].end.error().unwrap();
    assert!(error.may_have_written() && error.sent().unwrap().contains("m30"));
    assert_eq!(stored::<Meeting>(&server).await.len(), 75, "it was written once");
}

#[tokio::test]
async fn what_was_surely_not_received_is_sent_again() {
    let server = server();
    let proxy = Misbehaving::before(&server)
        .fault(Fault::TooMany { retry_after: None }, On::First(2))
        .start();
    let client = proxy.builder().clock(clarify_tests::clock::TestClock::new()).build().unwrap();
    let report = client.records::<Meeting>().import_new((0..25).map(meeting)).await.unwrap();
    assert_eq!(report.progress.created, 25);
    assert_eq!(proxy.count(), 3);
}

#[tokio::test]
async fn ten_lost_answers_in_a_row_are_enough() {
    let server = server();
    let proxy = Misbehaving::before(&server).fault(Fault::CloseAfterReading, On::Every);
    let (proxy, client) = through(proxy);
    let meetings = client.records::<Meeting>();
    let stopped = meetings.import_new((0..1000).map(meeting)).concurrency(1).await.unwrap_err();
    assert_eq!(stopped.report.progress.uncertain, 250);
    assert_eq!(stopped.report.progress.not_attempted, 750);
    assert_eq!(proxy.count(), 10);
    assert!(stopped.error.may_have_written());
}
