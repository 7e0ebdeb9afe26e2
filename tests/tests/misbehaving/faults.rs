//! Each fault, and whether the service has carried out what met it.

use std::time::{Duration, Instant};

use clarify_tests::misbehaving::{Fault, On, Seen};

use crate::common::{CREATE, Got, Raw, before, stored};

/// What becomes of one create that meets a fault: what came, whether the connection lives on, and
/// what the server has written down.
struct Met {
    got: Got,
    is_open: bool,
    seen: Seen,
    took: Duration,
}

async fn meet(fault: Fault) -> Met {
    let (server, proxy) = before(|proxy| proxy.fault(fault.clone(), On::First(1)));
    let mut raw = Raw::to(proxy.address());
    let began = Instant::now();
    let got = raw.ask("POST", "/objects/task/records", CREATE);
    let took = began.elapsed();
    let is_open = !fault.closes() && raw.ask("GET", "/objects/task/resources", "").status() == 200;
    assert!(is_open || raw.is_over(), "{fault:?}");
    let seen = proxy.requests().remove(0);
    let carried_out = stored(&server, "task").await == 1;
    assert_eq!(carried_out, fault.carried_out(), "{fault:?}");
    assert_eq!((seen.forwarded, seen.status.is_some()), (carried_out, carried_out), "{fault:?}");
    assert_eq!(seen.fault.as_ref(), Some(&fault));
    Met { got, is_open, seen, took }
}

#[tokio::test]
async fn latency_delays_and_nothing_else() {
    let met = meet(Fault::Latency(Duration::from_millis(120))).await;
    assert!(met.took >= Duration::from_millis(120), "{:?}", met.took);
    assert_eq!((met.got.status(), met.seen.answered), (201, Some(201)));
}

#[tokio::test]
async fn too_many_says_when_to_come_back_in_the_words_of_the_test() {
    for text in ["1", "Fri, 31 Dec 2027 23:59:59 GMT", "soon"] {
        let met = meet(Fault::TooMany { retry_after: Some(text.into()) }).await;
        assert_eq!(met.got.status(), 429);
        assert!(met.got.head.contains(&format!("retry-after: {text}\r\n")), "{}", met.got.head);
    }
    let met = meet(Fault::TooMany { retry_after: None }).await;
    assert!(!met.got.head.contains("retry-after"), "{}", met.got.head);
    assert!(met.got.body.contains(r#"{"errors":[{"status":"429""#), "{}", met.got.body);
}

#[tokio::test]
async fn a_server_error_is_an_error_document_before_or_after_the_commit() {
    for fault in [Fault::ServerError, Fault::ServerErrorAfterCommit] {
        let met = meet(fault).await;
        assert_eq!((met.got.status(), met.seen.answered), (500, Some(500)));
        assert!(met.got.body.contains(r#"{"errors":[{"status":"500""#), "{}", met.got.body);
    }
}

#[tokio::test]
async fn a_proxy_answers_with_a_page() {
    for (fault, status) in [(Fault::BadGateway, 502), (Fault::GatewayTimeoutAfterCommit, 504)] {
        let met = meet(fault).await;
        assert_eq!(met.got.status(), status);
        assert!(met.got.head.contains("text/html") && met.got.body.starts_with("<html>"));
    }
}

#[tokio::test]
async fn a_sign_in_page_is_a_success_that_is_none() {
    let met = meet(Fault::Page).await;
    assert_eq!(met.got.status(), 200);
    assert!(met.got.body.contains("Sign in") && met.got.head.contains("text/html"));
}

#[tokio::test]
async fn a_connection_that_is_closed_gives_no_byte() {
    for fault in [Fault::CloseBeforeReading, Fault::CloseAfterReading, Fault::CloseAfterCommit] {
        let met = meet(fault.clone()).await;
        assert_eq!(met.got.head, "", "{fault:?}");
        assert_eq!((met.is_open, met.seen.answered), (false, None), "{fault:?}");
        assert_eq!(met.seen.body.is_empty(), fault == Fault::CloseBeforeReading);
    }
}

#[tokio::test]
async fn a_connection_that_was_kept_open_is_closed_as_well() {
    let (server, proxy) = before(|proxy| proxy.fault(Fault::CloseBeforeReading, On::Nth(1)));
    let mut raw = Raw::to(proxy.address());
    assert_eq!(raw.ask("POST", "/objects/task/records", CREATE).status(), 201);
    assert_eq!(raw.ask("POST", "/objects/task/records", CREATE).head, "");
    assert_eq!((proxy.count(), stored(&server, "task").await), (2, 1));
}

#[tokio::test]
async fn a_cut_answer_has_its_head_and_half_of_its_body() {
    let met = meet(Fault::CutAnswer).await;
    assert_eq!(met.got.status(), 201);
    assert_eq!(met.got.body.len(), met.got.length / 2);
    assert!(!met.is_open && met.got.body.starts_with(r#"{"data":{"id":"tas_"#));
}

#[tokio::test]
async fn an_answer_without_a_body_is_cut_in_its_head() {
    let (server, proxy) =
        before(|proxy| proxy.fault(Fault::CutAnswer, On::Every).on_route("DELETE", "/records/"));
    let created = Raw::to(proxy.address()).ask("POST", "/objects/task/records", CREATE);
    let id = created.body.split('"').nth(5).unwrap();
    let got = Raw::to(proxy.address()).ask("DELETE", &format!("/objects/task/records/{id}"), "");
    assert!(got.head.starts_with("HTTP/1.1 204") && got.length == usize::MAX, "{got:?}");
    assert_eq!(stored(&server, "task").await, 0);
}

#[tokio::test]
async fn truncated_json_has_the_length_that_it_promises() {
    let met = meet(Fault::TruncatedJson).await;
    assert_eq!((met.got.status(), met.got.body.len()), (201, met.got.length));
    assert!(met.is_open && met.got.body.starts_with(r#"{"data":{"#));
    serde_json::from_str::<serde_json::Value>(&met.got.body).unwrap_err();
}

#[tokio::test]
async fn a_slow_body_comes_whole_in_its_time() {
    let pause = Duration::from_millis(20);
    let met = meet(Fault::SlowBody { piece: 40, pause }).await;
    let pieces = met.got.length.div_ceil(40);
    assert!(pieces > 3 && met.took >= pause * u32::try_from(pieces).unwrap(), "{:?}", met.took);
    serde_json::from_str::<serde_json::Value>(&met.got.body).unwrap();
}

type Holds = fn(&clarify_core::Error) -> bool;

#[tokio::test]
async fn the_client_sees_what_each_fault_is() {
    use clarify_tests::objects::Task;
    let cases: [(Fault, Holds); 6] = [
        (Fault::CloseAfterCommit, |error| {
            error.may_have_been_received() && error.status().is_none()
        }),
        (Fault::CutAnswer, |error| error.may_have_been_received() && error.status().is_none()),
        (Fault::TruncatedJson, clarify_core::Error::is_unreadable),
        (Fault::Page, clarify_core::Error::is_unreadable),
        (Fault::BadGateway, |error| error.status() == Some(502)),
        (Fault::TooMany { retry_after: Some("3".into()) }, |error| {
            error.is_rate_limited() && error.retry_after() == Some(Duration::from_secs(3))
        }),
    ];
    for (fault, holds) in cases {
        let (_server, proxy) = before(|proxy| proxy.fault(fault.clone(), On::Every));
        let tasks = proxy.client().records::<Task>();
        let error = tasks.create(&Task::default()).await.unwrap_err();
        assert!(holds(&error), "{fault:?}: {error:?}");
    }
}
