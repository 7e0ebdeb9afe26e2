//! When a call is tried again, and when it is not.

#![allow(clippy::unwrap_used, reason = "a test that does not go as it should ends there")]

use std::time::Duration;

use clarify_core::{Batch, Error, Outcome, Patch, RecordId, Records, RetryPolicy};
use clarify_tests::clock::TestClock;
use clarify_tests::objects::{Meeting, Person};
use clarify_tests::script::{Script, Step};
use jiff::Timestamp;

struct Scene {
    script: Script,
    clock: TestClock,
    people: Records<Person>,
    meetings: Records<Meeting>,
}

fn scene(steps: impl IntoIterator<Item = Step>) -> Scene {
    scene_with(steps, RetryPolicy::new())
}

fn scene_with(steps: impl IntoIterator<Item = Step>, policy: RetryPolicy) -> Scene {
    let (script, clock) = (Script::of(steps), TestClock::new());
    let client = script.builder(&clock).retry(policy).build().unwrap();
    Scene { script, clock, people: client.records(), meetings: client.records() }
}

fn id() -> RecordId<Person> {
    RecordId::new("per_1")
}

fn ana() -> Person {
    Person { email_addresses: vec!["ana@example.com".into()], ..Person::default() }
}

const MEETING: &str = r#"{"data":{"id":"mee_1","type":"meeting","attributes":{}}}"#;

/// Every failure after which the service may have done what it was asked.
fn lost() -> Vec<Step> {
    vec![
        Step::TimedOut,
        Step::Broken,
        Step::answer(500, ""),
        Step::answer(502, "<html>Bad Gateway</html>"),
        Step::answer(503, ""),
        Step::answer(504, ""),
        Step::answer(408, ""),
        Step::answer(200, "<html>Sign in</html>"),
        Step::answer(200, r#"{"data":{"id":"per_1","attri"#),
    ]
}

/// Every failure after which it surely has not, but may yet.
fn refused() -> Vec<Step> {
    vec![Step::NotSent, Step::answer(429, ""), Step::answer(409, ""), Step::answer(425, "")]
}

#[tokio::test]
async fn reads_updates_upserts_and_deletions_are_repeated() {
    for make in [lost, refused] {
        for place in 0..make().len() {
            let steps = || [make().swap_remove(place), Step::person(200)];
            let scene = scene(steps());
            scene.people.get(id()).await.unwrap();
            assert_eq!(scene.script.count(), 2);
            let scene = self::scene(steps());
            scene.people.update(id(), Patch::new().set(Person::TITLE, "CRO")).await.unwrap();
            assert_eq!(scene.script.count(), 2);
            let scene = self::scene(steps());
            scene.people.upsert(&ana()).await.unwrap();
            assert_eq!(scene.script.count(), 2);
            assert_eq!(scene.script.bodies()[0], scene.script.bodies()[1], "the same is sent");
        }
    }
    let scene = scene([Step::Broken, Step::answer(204, "")]);
    scene.people.delete(id()).await.unwrap();
}

#[tokio::test]
async fn a_create_is_repeated_only_where_it_surely_was_not_received() {
    for step in refused() {
        let scene = scene([step, Step::answer(201, MEETING)]);
        scene.meetings.create(&Meeting::default()).await.unwrap();
        assert_eq!(scene.script.count(), 2);
    }
    for step in lost() {
        let scene = scene([step]);
        let meeting = Meeting { title: Some("Review".into()), ..Meeting::default() };
        let error = scene.meetings.create(&meeting).await.unwrap_err();
        assert!(error.may_have_written() && error.may_have_been_received(), "{error:?}");
        assert!(error.sent().unwrap().contains("Review"), "it offers what was sent");
        let end = "; it may have been written, and was not sent again";
        assert!(error.to_string().ends_with(end), "{error}");
    }
    let steps = [Step::NotSent, Step::answer(429, ""), Step::Broken];
    let scene = scene(steps);
    let error = scene.meetings.create(&Meeting::default()).await.unwrap_err();
    assert_eq!((scene.script.count(), error.tries()), (3, 3), "never after it may have arrived");
}

#[tokio::test]
async fn a_create_of_an_object_with_a_unique_field_is_a_create_all_the_same() {
    let scene = scene([Step::Broken]);
    assert!(scene.people.create(&ana()).await.unwrap_err().may_have_written());
    let scene = self::scene([Step::TimedOut]);
    let error = scene.people.bulk_create(&Batch::of([ana()])).await.unwrap_err();
    assert!(error.may_have_written() && error.sent().is_some());
}

#[tokio::test]
async fn what_can_not_get_better_is_not_repeated() {
    for status in [400, 401, 403, 404, 405, 413, 422, 501, 505] {
        let scene = scene([Step::answer(status, "")]);
        let error = scene.people.get(id()).await.unwrap_err();
        assert_eq!((error.status(), error.tries()), (Some(status), 1));
        assert!(error.sent().is_none());
    }
    let mismatch = r#"{"data":{"id":"per_1","attributes":{"name":5}}}"#;
    let error = scene([Step::answer(200, mismatch)]).people.get(id()).await.unwrap_err();
    assert!(error.is_unreadable() && error.tries() == 1, "the struct is at fault: {error}");
}

#[tokio::test]
async fn tries_and_waits_are_bounded_and_jitter_is_full() {
    let mut longest = [Duration::ZERO; 4];
    for _ in 0..200 {
        let scene = scene((0..5).map(|_| Step::answer(503, "")));
        let error = scene.people.get(id()).await.unwrap_err();
        assert_eq!((scene.script.count(), error.tries()), (5, 5));
        assert!(error.to_string().ends_with("503 Service Unavailable (after 5 tries)"), "{error}");
        for (longest, slept) in longest.iter_mut().zip(scene.clock.slept()) {
            *longest = slept.max(*longest);
        }
    }
    let limits = [200, 400, 800, 1600].map(Duration::from_millis);
    for (longest, limit) in longest.into_iter().zip(limits) {
        assert!(longest <= limit && longest > limit * 4 / 5, "{longest:?} of {limit:?}");
    }
}

#[tokio::test]
async fn the_time_is_bounded_too() {
    let policy = RetryPolicy::new().tries(1000).total_time(Duration::from_secs(30));
    let policy = policy.waits(Duration::from_secs(4), Duration::from_secs(4));
    let scene = scene_with((0..1000).map(|_| Step::answer(503, "")), policy);
    scene.people.get(id()).await.unwrap_err();
    assert!(scene.clock.passed() <= Duration::from_secs(30), "{:?}", scene.clock.passed());
    assert!(scene.script.count() > 7, "{}", scene.script.count());
}

#[tokio::test]
async fn one_try_is_one_try() {
    let scene = scene_with([Step::answer(503, "")], RetryPolicy::never());
    let error = scene.people.get(id()).await.unwrap_err();
    assert!(error.is_transient() && error.tries() == 1);
    assert!(!error.to_string().contains("tries"), "{error}");
}

#[tokio::test]
async fn retry_after_is_waited_for_in_seconds() {
    let busy = Step::with(429, &[("Retry-After", "7")], "");
    let scene = scene([busy, Step::person(200)]);
    scene.people.get(id()).await.unwrap();
    let passed = scene.clock.passed();
    assert!((7.0..9.0).contains(&passed.as_secs_f64()), "{passed:?}");
}

#[tokio::test]
async fn retry_after_is_waited_for_as_a_date() {
    let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    let clock = TestClock::at(now);
    let date = ("Retry-After", "Sun, 22 Nov 2026 10:00:12 GMT");
    let script = Script::of([Step::with(503, &[date], ""), Step::person(200)]);
    let people = script.builder(&clock).build().unwrap().records::<Person>();
    people.get(id()).await.unwrap();
    let passed = clock.passed().as_secs_f64();
    assert!((12.0..15.0).contains(&passed), "{passed}");

    // The service's own clock, where it shows it, is what its date is set against.
    let clock = TestClock::at(now);
    let told = [date, ("Date", "Sun, 22 Nov 2026 10:00:10 GMT")];
    let script = Script::of([Step::with(503, &told, ""), Step::person(200)]);
    let people = script.builder(&clock).build().unwrap().records::<Person>();
    people.get(id()).await.unwrap();
    let passed = clock.passed().as_secs_f64();
    assert!((2.0..3.0).contains(&passed), "{passed}");
}

#[tokio::test]
async fn who_is_asked_to_wait_too_long_gives_up_and_says_how_long() {
    let scene = scene([Step::with(429, &[("Retry-After", "3600")], "")]);
    let error = scene.people.get(id()).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(scene.clock.passed(), Duration::ZERO);
}

#[tokio::test]
async fn all_calls_of_a_client_share_what_retries_may_cost() {
    let policy = RetryPolicy::new().tries(3);
    let scene = scene_with((0..1000).map(|_| Step::answer(503, "")), policy);
    for _ in 0..200 {
        scene.people.get(id()).await.unwrap_err();
    }
    assert_eq!(scene.script.count(), 300, "200 calls, and 100 retries of them all");
}

fn limited(remaining: &str, reset: &str) -> Step {
    let headers = [("X-RateLimit-Remaining", remaining), ("X-RateLimit-Reset", reset)];
    match Step::person(200) {
        Step::Answer(answer) => {
            let body = String::from_utf8_lossy(answer.body()).into_owned();
            Step::with(200, &headers, body)
        }
        other => other,
    }
}

#[tokio::test]
async fn a_rate_limit_is_heeded_before_it_is_met() {
    let scene = scene([limited("1", "30"), limited("0", "30"), Step::person(200)]);
    scene.people.get(id()).await.unwrap();
    scene.people.get(id()).await.unwrap();
    assert_eq!(scene.clock.passed(), Duration::ZERO);
    scene.people.get(id()).await.unwrap();
    assert_eq!(scene.clock.passed(), Duration::from_secs(30));
}

#[tokio::test]
async fn each_endpoint_has_a_rate_of_its_own() {
    let scene = scene([limited("0", "30"), Step::answer(201, MEETING), Step::person(200)]);
    scene.people.get(id()).await.unwrap();
    scene.meetings.create(&Meeting::default()).await.unwrap();
    scene.people.update(id(), Patch::new().set(Person::TITLE, "CRO")).await.unwrap();
    assert_eq!(scene.clock.passed(), Duration::ZERO);
}

#[tokio::test]
async fn a_deletion_whose_answer_was_lost_takes_404_as_done() {
    let scene = scene([Step::Broken, Step::answer(404, "")]);
    scene.people.delete(id()).await.unwrap();
    let error = self::scene([Step::answer(404, "")]).people.delete(id()).await.unwrap_err();
    assert!(error.is_not_found(), "nothing was lost");
    let scene = self::scene([Step::NotSent, Step::answer(404, "")]);
    assert!(scene.people.delete(id()).await.unwrap_err().is_not_found(), "it never arrived");
}

#[tokio::test]
async fn a_bulk_deletion_whose_answer_was_lost_is_done_if_all_are_gone() {
    let batch = Batch::of([id(), RecordId::new("per_2")]);
    let gone = |places: &[usize]| {
        let errors: Vec<_> = places
            .iter()
            .map(|place| format!(r#"{{"status":"404","source":{{"pointer":"/items/{place}"}}}}"#))
            .collect();
        Step::answer(404, format!(r#"{{"errors":[{}]}}"#, errors.join(",")))
    };
    scene([Step::Broken, gone(&[0, 1])]).people.bulk_delete(&batch).await.unwrap();
    let in_words = r#"{"errors":[{"status":"404","detail":"not found: per_1, per_2"}]}"#;
    scene([Step::Broken, Step::answer(404, in_words)]).people.bulk_delete(&batch).await.unwrap();
    let unnamed = scene([Step::Broken, Step::answer(404, "")]).people.bulk_delete(&batch).await;
    let unnamed = unnamed.unwrap_err();
    assert!(unnamed.is_not_found() && unnamed.may_have_written(), "{unnamed:?}");
    let error = scene([Step::Broken, gone(&[1])]).people.bulk_delete(&batch).await.unwrap_err();
    assert!(error.is_not_found(), "the other one is still there");
    assert_eq!(error.record_index(), Some(1));
}

#[tokio::test]
async fn what_an_upsert_did_is_unknown_once_an_answer_was_lost() {
    let body = r#"{"data":{"id":"per_1","type":"person","attributes":{}}}"#;
    let matched = || Step::with(201, &[("Clarify-Matched", "0")], body);
    let created = || Step::with(201, &[("Clarify-Matched", "")], body);
    for (steps, expected) in [
        (vec![matched()], Outcome::Matched),
        (vec![created()], Outcome::Created),
        (vec![Step::NotSent, matched()], Outcome::Matched),
        (vec![Step::Broken, created()], Outcome::Created),
        (vec![Step::Broken, matched()], Outcome::Unknown),
        (vec![Step::answer(201, body)], Outcome::Unknown),
    ] {
        let saved = scene(steps).people.upsert(&ana()).await.unwrap();
        assert_eq!(saved.outcome, Some(expected));
    }
}

#[test]
fn an_error_is_one_word() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
