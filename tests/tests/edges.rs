//! Failures upon failures: what is said and done after the second thing has gone wrong.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use std::future::IntoFuture as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use clarify_core::import::{Checkpoint, End, Event, Source};
use clarify_core::{Batch, Client, JsonField, Patch, RecordId, RetryPolicy, schema};
use clarify_tests::clock::TestClock;
use clarify_tests::objects::{Meeting, Person};
use clarify_tests::script::{Answers, Script, Step};
use serde_json::json;

/// 201 with one record for each sent.
fn created(request: &http::Request<Bytes>) -> Step {
    let v: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    let n = v["data"].as_array().unwrap().len();
    static ID: AtomicUsize = AtomicUsize::new(0);
    let rows: Vec<_> = (0..n).map(|_| json!({"id": format!("r{}", ID.fetch_add(1, Ordering::Relaxed)), "type": "x", "attributes": {}})).collect();
    Step::answer(201, json!({"data": rows}).to_string())
}
fn id() -> RecordId<Person> {
    RecordId::new("per_1")
}
fn person(n: usize) -> Person {
    Person { email_addresses: vec![format!("p{n}@example.com")], ..Person::default() }
}
fn meeting(n: usize) -> Meeting {
    Meeting { title: Some(format!("m{n}")), ..Meeting::default() }
}

#[tokio::test]
async fn what_an_earlier_run_sent_stays_so_when_a_resumed_run_ends_early_too() {
    // Run 1 crashed with 0..50 sent.
    let first = Checkpoint { sent: (0..50).collect(), ..Checkpoint::default() };
    let fake = Answers::by(|_, _| None);
    let kept = Arc::new(Mutex::new(None));
    let keep = kept.clone();
    let meetings = fake.client(&TestClock::new()).records::<Meeting>();
    let mut run2 = meetings
        .import_new((0..200).map(meeting))
        .concurrency(1)
        .resume(first)
        .on_event(move |e| {
            if let Event::Sending { checkpoint, .. } = e {
                *keep.lock().unwrap() = Some(checkpoint.clone());
            }
        })
        .outcomes();
    // Run 2 sends its first batch, keeps the checkpoint, and crashes.
    let _ = run2.next().await;
    drop(run2);
    let second: Checkpoint = kept.lock().unwrap().clone().unwrap();
    // Run 3
    let fake = Answers::by(|_, r| Some(created(r)));
    let meetings = fake.client(&TestClock::new()).records::<Meeting>();
    let mut run3 = meetings.import_new((0..200).map(meeting)).resume(second).outcomes();
    while run3.next().await.is_some() {}
    let again: Vec<usize> = (0..50)
        .filter(|n| fake.bodies().iter().any(|b| b.contains(&format!("\"m{n}\""))))
        .collect();
    assert!(again.is_empty(), "creates repeated that run 1 may have made: {again:?}");
}

#[tokio::test]
async fn what_was_not_attempted_is_done_by_the_run_that_goes_on() {
    let fake = Answers::by(|n, r| Some(if n == 0 { created(r) } else { Step::answer(401, "") }));
    let people = fake.client(&TestClock::new()).records::<Person>();
    let mut run = people.import((0..100).map(person)).concurrency(1).outcomes();
    let mut not = 0;
    while let Some(i) = run.next().await {
        if matches!(i.end, End::NotAttempted(_)) {
            not += 1;
        }
    }
    let checkpoint = run.checkpoint().clone();
    let fake = Answers::by(|_, r| Some(created(r)));
    let people = fake.client(&TestClock::new()).records::<Person>();
    let mut run = people.import((0..100).map(person)).resume(checkpoint).outcomes();
    let mut written = 0;
    while run.next().await.is_some() {
        written += 1;
    }
    assert_eq!(written, not, "the resumed run does what was not attempted");
}

#[tokio::test]
async fn the_key_is_in_no_event() {
    let key = "s3cret-key-0123456789";
    let script = Script::of([
        Step::answer(502, format!("you sent Authorization: api-key {key}")),
        Step::answer(201, json!({"data":[{"id":"a","attributes":{}}]}).to_string()),
    ]);
    let client = script.builder(&TestClock::new()).api_key(key).build().unwrap();
    let seen = Arc::new(Mutex::new(String::new()));
    let s = seen.clone();
    client
        .records::<Person>()
        .import([person(1)])
        .on_event(move |e| {
            if let Event::Retrying { error, .. } = e {
                s.lock().unwrap().push_str(&error.to_string());
            }
        })
        .await
        .unwrap()
        .into_result()
        .unwrap();
    let seen = seen.lock().unwrap();
    assert!(!seen.contains(key), "{seen}");
}

#[tokio::test]
async fn a_key_that_an_excerpt_would_cut_is_hidden_first() {
    let key = "s3cret-key-0123456789abcdefghijklmnop";
    let body = format!("{}{key}", "x".repeat(200 - key.len() + 1));
    let script = Script::of([Step::answer(403, body)]);
    let client = script.builder(&TestClock::new()).api_key(key).build().unwrap();
    let error = client.records::<Person>().get(id()).await.unwrap_err();
    assert!(!error.to_string().contains("s3cret-key-0123456789"), "{error}");
}

/// A client of a real service, that gives a try a second and a call a second and a half.
fn in_a_hurry(server: &clarify_server::Server) -> Client {
    Client::builder(server.workspace())
        .api_key(server.api_key())
        .base_url(server.url())
        .timeout(Duration::from_millis(1000))
        .retry(RetryPolicy::new().total_time(Duration::from_millis(1500)))
        .build()
        .unwrap()
}

#[tokio::test]
async fn who_takes_long_over_a_page_gets_the_next_one() {
    let server = clarify_server::Server::builder().workspace("acme").start().unwrap();
    let people = in_a_hurry(&server).records::<Person>();
    people.import((0..3).map(person)).await.unwrap().into_result().unwrap();
    let mut records = people.list().limit(1).records();
    let mut count = 0;
    while let Some(record) = records.next().await {
        record.unwrap();
        count += 1;
        tokio::time::sleep(Duration::from_millis(1700)).await;
    }
    assert_eq!(count, 3);
}

#[tokio::test]
async fn who_takes_long_over_an_outcome_loses_none() {
    let server = clarify_server::Server::builder().workspace("acme").start().unwrap();
    let meetings = in_a_hurry(&server).records::<Meeting>();
    let mut outcomes = meetings.import_new((0..75).map(meeting)).concurrency(2).outcomes();
    while let Some(imported) = outcomes.next().await {
        assert!(imported.end.is_written(), "{:?}", imported.end);
        // While the outcomes of one batch are looked at, the next ones would run out of time.
        tokio::time::sleep(Duration::from_millis(45)).await;
    }
    assert_eq!(outcomes.progress().all_written(), 75);
}

#[tokio::test]
async fn a_service_that_fails_on_everything_stops_the_import() {
    let fake = Answers::by(|_, _| Some(Step::answer(500, "")));
    let clock = TestClock::new();
    let people = fake.client(&clock).records::<Person>();
    let report = people.import((0..1000).map(person)).await;
    assert!(report.is_err(), "it should have stopped");
}

#[tokio::test]
async fn what_was_sent_and_not_answered_is_uncertain_whatever_comes_after() {
    let fake = Answers::by(|n, _| Some(Step::answer(if n < 4 { 500 } else { 401 }, "")));
    let people = fake.client(&TestClock::new()).records::<Person>();
    let mut run = people.import((0..2).map(person)).concurrency(1).outcomes();
    while let Some(i) = run.next().await {
        assert!(matches!(i.end, End::Uncertain(_)), "was sent and answered 500: {:?}", i.end);
    }
}

#[tokio::test]
async fn a_refusal_of_the_key_says_nothing_of_the_try_before() {
    let script = Script::of([Step::Broken, Step::answer(401, "")]);
    let people = script.builder(&TestClock::new()).build().unwrap().records::<Person>();
    let error = people.upsert(&person(1)).await.unwrap_err();
    assert!(error.may_have_written(), "{error}");
}

#[tokio::test]
async fn creates_of_one_value_are_never_under_way_together() {
    let fake = Answers::by(|_, _| None);
    let people = fake.client(&TestClock::new()).records::<Person>();
    let all = (0..50).map(|n| Person { title: Some(format!("t{n}")), ..person(0) });
    let mut run = people.import_new(all).concurrency(8).outcomes();
    let _ = tokio::time::timeout(Duration::from_millis(50), run.next()).await;
    let sharing = fake.bodies().iter().filter(|b| b.contains("p0@example.com")).count();
    assert!(sharing <= 1, "{sharing} batches under way with p0@example.com");
}

#[tokio::test]
async fn an_empty_patch_of_many_sends_nothing_either() {
    let fake = Answers::by(|_, _| {
        Some(Step::answer(200, json!({"data":[{"id":"per_1","attributes":{}}]}).to_string()))
    });
    let people = fake.client(&TestClock::new()).records::<Person>();
    people.update_each([(id(), Patch::<Person>::new())]).await.unwrap().into_result().unwrap();
    assert!(fake.bodies().is_empty(), "{:?}", fake.bodies());
}

#[tokio::test]
async fn a_bulk_updates_error_has_the_callers_place() {
    let script = Script::of([Step::answer(422, json!({"errors":[{"status":"422","detail":"no","source":{"pointer":"/data/0/attributes/title"}}]}).to_string())]);
    let people = script.builder(&TestClock::new()).build().unwrap().records::<Person>();
    let batch = Batch::of([
        (id(), Patch::new()),
        (RecordId::new("per_2"), Patch::new().set(Person::TITLE, "x")),
    ]);
    let error = people.bulk_update(&batch).await.unwrap_err();
    assert_eq!(error.record_index(), Some(1), "{error}");
}

#[tokio::test]
async fn a_stopped_import_does_not_wait_for_its_source() {
    struct Open(usize);
    impl futures_core::Stream for Open {
        type Item = Person;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Person>> {
            self.0 += 1;
            if self.0 <= 25 {
                std::task::Poll::Ready(Some(person(self.0)))
            } else {
                std::task::Poll::Pending
            }
        }
    }
    let fake = Answers::by(|_, _| Some(Step::answer(401, "")));
    let people = fake.client(&TestClock::new()).records::<Person>();
    let ended = tokio::time::timeout(
        Duration::from_secs(1),
        people.import(Source::stream(Open(0))).into_future(),
    )
    .await;
    assert!(ended.is_ok(), "401 and still waiting for the source");
}

#[tokio::test]
async fn an_import_lets_others_go_on() {
    let (seen, others) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (read, went_on) = (Arc::clone(&seen), Arc::clone(&others));
    // All of these are refused here, so nothing is ever waited for. They end once somebody else has
    // had his turn; on one thread that is only if the import gives way.
    let source = (0..50_000_000).take_while(move |_| went_on.load(Ordering::Relaxed) == 0).map(
        move |_: u32| {
            read.fetch_add(1, Ordering::Relaxed);
            Person::default()
        },
    );
    let fake = Answers::by(|_, _| None);
    let people = fake.client(&TestClock::new()).records::<Person>();
    let other = tokio::spawn(async move { others.fetch_add(1, Ordering::Relaxed) });
    assert!(!people.import(source).await.unwrap().is_complete());
    other.await.unwrap();
    assert!(seen.load(Ordering::Relaxed) < 1_000_000);
}

fn page(ids: &[&str], total: Option<u64>) -> Step {
    let rows: Vec<_> =
        ids.iter().map(|i| json!({"id": i, "type": "person", "attributes": {}})).collect();
    Step::answer(
        200,
        match total {
            Some(t) => json!({"data": rows, "meta": {"total_records": t}}),
            None => json!({"data": rows}),
        }
        .to_string(),
    )
}

#[tokio::test]
async fn a_service_that_repeats_itself_ends_the_list() {
    let fake = Answers::by(|n, _| {
        if n < 2_000 { Some(page(&["a", "b"], None)) } else { panic!("2000 requests, and no end") }
    });
    let people = fake.client(&TestClock::new()).records::<Person>();
    let mut records = people.list().limit(2).records();
    while let Some(r) = records.next().await {
        r.unwrap();
    }
}

#[tokio::test]
async fn a_changed_total_is_told_though_a_page_held_nothing_new() {
    let script = Script::of([
        page(&["a", "b"], Some(4)),
        page(&["a", "b"], Some(6)),
        page(&["c", "d"], Some(6)),
    ]);
    let people = script.builder(&TestClock::new()).build().unwrap().records::<Person>();
    let mut pages = people.list().limit(2).pages();
    let mut changes = Vec::new();
    while let Some(p) = pages.next().await {
        changes.push(p.unwrap().total_before);
    }
    assert_eq!(changes, [None, Some(4)]);
}

#[tokio::test]
async fn one_500_among_other_failures_is_tried_again() {
    let fake = Answers::by(|n, r| {
        Some(match n {
            0..=2 => Step::answer(429, ""),
            3 => Step::answer(500, ""),
            _ => created(r),
        })
    });
    let people = fake.client(&TestClock::new()).records::<Person>();
    let report = people.import([person(1)]).await.unwrap();
    assert_eq!(report.progress.uncertain, 0, "{:?}", report.failures);
}

#[tokio::test]
async fn a_dry_run_tells_its_progress() {
    let told = Arc::new(AtomicUsize::new(0));
    let t = told.clone();
    let fake = Answers::by(|_, _| None);
    let people = fake.client(&TestClock::new()).records::<Person>();
    people
        .import((0..1000).map(person))
        .dry_run()
        .on_event(move |_| {
            t.fetch_add(1, Ordering::Relaxed);
        })
        .await
        .unwrap()
        .into_result()
        .unwrap();
    assert!(told.load(Ordering::Relaxed) > 0);
}

#[tokio::test]
async fn a_clock_that_is_ahead_makes_no_record_older() {
    let now = jiff::Timestamp::now();
    let fake = Answers::by(move |_, _| {
        Some(Step::answer(
            201,
            json!({"data":[{"id":"n","attributes":{"_created_at": now.to_string()}}]}).to_string(),
        ))
    });
    let clock = TestClock::at(now + Duration::from_secs(5));
    let report = fake.client(&clock).records::<Person>().import([person(1)]).await.unwrap();
    assert_eq!(report.progress.matched, 0, "created after the run began");
}

#[tokio::test]
async fn a_page_is_no_answer_to_a_deletion() {
    let script = Script::of([Step::answer(200, "<html>Sign in</html>")]);
    let people = script
        .builder(&TestClock::new())
        .retry(RetryPolicy::never())
        .build()
        .unwrap()
        .records::<Person>();
    assert!(people.delete(id()).await.is_err());
}

#[tokio::test]
async fn a_404_that_names_one_of_two_in_words_deletes_neither() {
    // per_1 never existed: the service refused the whole batch, the answer was lost; per_2 is still there.
    let script = Script::of([
        Step::TimedOut,
        Step::answer(
            404,
            json!({"errors":[{"status":"404","detail":"per_1 not found"}]}).to_string(),
        ),
    ]);
    let people = script.builder(&TestClock::new()).build().unwrap().records::<Person>();
    assert!(people.bulk_delete(&Batch::of([id(), RecordId::new("per_2")])).await.is_err());
}

#[tokio::test]
async fn a_field_may_be_cleared_twice() {
    let script = Script::of([Step::person(201)]);
    let people = script.builder(&TestClock::new()).build().unwrap().records::<Person>();
    people.upsert(&person(1)).clear(Person::TITLE).clear(Person::TITLE).await.unwrap();
}

#[test]
fn a_text_in_a_filter_has_no_quotes() {
    let script = Script::of([]);
    let client = script.builder(&TestClock::new()).build().unwrap();
    let things = client.dynamic("c_thing").unwrap();
    let url = things
        .list()
        .filter(JsonField::new("status").when(schema::Operator::Is, json!("Open")))
        .explain()
        .unwrap()
        .url;
    assert!(!url.contains("%22"), "{url}");
}

#[tokio::test]
async fn an_items_error_has_no_place_in_the_batch() {
    let fake = Answers::by(|n, _| {
        Some(if n == 0 {
            Step::answer(404, json!({"errors":[{"status":"404","detail":"gone","source":{"pointer":"/items/3"}}]}).to_string())
        } else {
            Step::answer(204, "")
        })
    });
    let people = fake.client(&TestClock::new()).records::<Person>();
    let report = people
        .delete_each((0..5).map(|n| RecordId::<Person>::new(format!("per_{n}"))))
        .await
        .unwrap();
    let error = report.failures[0].end.error().unwrap();
    assert_ne!(error.record_index(), Some(3), "{error}");
}

#[tokio::test]
async fn a_call_that_went_without_a_place_learns_from_its_answer() {
    // The rate is closed for 300 s; a short call is sent all the same, and is told that all is free again.
    let limited = |remaining: &str, reset: &str| {
        let Step::Answer(a) = Step::person(200) else { unreachable!() };
        Step::with(
            200,
            &[("X-RateLimit-Remaining", remaining), ("X-RateLimit-Reset", reset)],
            String::from_utf8_lossy(a.body()).into_owned(),
        )
    };
    let script = Script::of([limited("0", "250"), limited("2999", "60"), limited("2998", "60")]);
    let clock = TestClock::new();
    let client = script.builder(&clock).retry(RetryPolicy::new()).build().unwrap();
    let people = client.records::<Person>();
    people.get(id()).await.unwrap();
    people.get(id()).await.unwrap(); // 250 s > 120 s: sent all the same
    // An import's patience would wait; show it with a get after 140 s have passed.
    use clarify_core::Clock as _;
    clock.sleep(Duration::from_secs(140)).await;
    people.get(id()).await.unwrap();
    assert_eq!(clock.slept().len(), 1, "waited {:?} though told 2999 are left", clock.slept());
}

#[tokio::test]
async fn an_unreadable_answer_is_the_same_for_one_record_and_for_two() {
    let bad = |n: usize| json!({"data": vec![json!({"attributes":{}}); n]}).to_string();
    let run = |size: usize| {
        let b = bad(size);
        async move {
            let fake = Answers::by(move |_, _| Some(Step::answer(201, b.clone())));
            let people = fake.client(&TestClock::new()).records::<Person>();
            people.import((0..size).map(person)).await.is_ok()
        }
    };
    assert_eq!(run(1).await, run(2).await);
}

#[tokio::test]
async fn a_service_that_can_not_do_it_stops_the_import() {
    let fake = Answers::by(|_, _| Some(Step::answer(501, "")));
    let people = fake.client(&TestClock::new()).records::<Person>();
    let report = people.import((0..1000).map(person)).await;
    assert!(report.is_err(), "{} requests", fake.bodies().len());
}

#[tokio::test]
async fn a_deletion_in_halves_takes_404_as_done() {
    // All four tries answered 500, the last one after it had committed; each half is then told 404.
    let fake = Answers::by(|n, _| Some(Step::answer(if n < 4 { 500 } else { 404 }, "")));
    let people = fake.client(&TestClock::new()).records::<Person>();
    let report = people
        .delete_each((0..2).map(|n| RecordId::<Person>::new(format!("per_{n}"))))
        .await
        .unwrap();
    assert_eq!(report.progress.refused, 0, "{:?}", report.failures);
}

#[tokio::test]
async fn what_an_upsert_in_halves_did_is_unknown() {
    let fake = Answers::by(|n, _| {
        Some(if n < 4 {
            Step::answer(500, "")
        } else {
            Step::with(
                201,
                &[("Clarify-Matched", "0")],
                json!({"data":[{"id": format!("r{n}"),"attributes":{}}]}).to_string(),
            )
        })
    });
    let people = fake.client(&TestClock::new()).records::<Person>();
    let report = people.import((0..2).map(person)).await.unwrap();
    assert_eq!(
        report.progress.matched, 0,
        "an earlier try of this import may have made them: Unknown"
    );
}
