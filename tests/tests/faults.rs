//! What the client says when the network or the service fails: whether a call may be repeated,
//! where the fault is, and never the key.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use std::error::Error as _;
use std::net::TcpListener;
use std::time::Duration;

use clarify_core::{Batch, Client, Error, RetryPolicy};
use clarify_tests::objects::{Meeting, Person};
use clarify_tests::wire::{KEY, Reply, Wire};

const CREATE: &str = "POST /objects/person/records (person): ";

/// How the error of a create ends whose answer was lost.
const LOST: &str = "; it may have been written, and was not sent again";

fn taylor() -> Person {
    Person { email_addresses: vec!["taylor@example.com".into()], ..Person::default() }
}

/// What a create answers where the service replies so.
async fn failure(wire: &Wire) -> Error {
    wire.client().records::<Person>().create(&taylor()).await.unwrap_err()
}

fn lines(text: &str) -> usize {
    text.lines().count()
}

/// What holds for every error: its text is one line, and the key is nowhere.
fn check(error: &Error) {
    let shown = format!("{error} {error:?} {error:#?}");
    assert!(!shown.contains(KEY), "{shown}");
    assert_eq!(lines(&error.to_string()), 1, "{error}");
    let mut source = error.source();
    while let Some(cause) = source {
        assert!(!format!("{cause} {cause:?}").contains(KEY), "{cause:?}");
        assert!(!error.to_string().contains(&cause.to_string()), "said twice: {error}");
        source = cause.source();
    }
}

#[tokio::test]
async fn a_refused_connection_says_that_nothing_was_sent() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::builder("acme").api_key(KEY).base_url(format!("http://{free}"));
    let people = client.retry(RetryPolicy::never()).build().unwrap().records::<Person>();
    let error = people.create(&taylor()).await.unwrap_err();
    check(&error);
    assert!(error.is_connect() && !error.may_have_been_received(), "{error:?}");
    assert_eq!(error.to_string(), format!("{CREATE}the service could not be reached"));
    assert!(error.source().is_some(), "the source says why");
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn a_connection_closed_before_the_answer_may_have_been_received() {
    let wire = Wire::start(Reply::nothing());
    let error = failure(&wire).await;
    check(&error);
    assert!(error.may_have_been_received());
    assert!(!error.is_connect() && !error.is_timeout() && !error.is_unreadable(), "{error:?}");
    assert_eq!(error.to_string(), format!("{CREATE}the connection broke{LOST}"));
    assert_eq!(wire.received().len(), 1, "a create is not sent again");
}

#[tokio::test]
async fn a_connection_closed_within_the_answer_may_have_been_received() {
    let body = r#"{"data":{"id":"per_1","type":"person","attributes":{}}}"#;
    let wire = Wire::start(Reply::json("201 Created", body).cut(10));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.may_have_been_received() && !error.is_unreadable(), "{error:?}");
    assert_eq!(error.to_string(), format!("{CREATE}the connection broke{LOST}"));
    assert_eq!(wire.received().len(), 1);
}

#[tokio::test]
async fn a_connection_closed_within_the_head_of_the_answer_may_have_been_received() {
    let wire = Wire::start(Reply::Bytes(b"HTTP/1.1 201 Cre".to_vec()));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.may_have_been_received());
    assert_eq!(error.to_string(), format!("{CREATE}the connection broke{LOST}"));
}

#[tokio::test]
async fn what_is_no_http_is_a_broken_connection() {
    let wire = Wire::start(Reply::Bytes(b"220 mail.example ESMTP\r\n".to_vec()));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.may_have_been_received());
    assert_eq!(error.to_string(), format!("{CREATE}the connection broke{LOST}"));
}

#[tokio::test]
async fn no_answer_in_time_may_have_been_received() {
    let wire = Wire::start(Reply::Silence);
    let client = wire.builder().timeout(Duration::from_millis(200)).build().unwrap();
    let error = client.records::<Person>().create(&taylor()).await.unwrap_err();
    check(&error);
    assert!(error.is_timeout() && error.may_have_been_received(), "{error:?}");
    assert!(!error.is_connect());
    assert_eq!(error.to_string(), format!("{CREATE}no answer in time{LOST}"));
}

#[tokio::test]
async fn a_proxys_page_is_a_server_error_with_a_piece_of_the_page() {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\n<body></body></html>";
    let wire = Wire::start(Reply::answer("502 Bad Gateway", "text/html", page));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.is_server_error() && error.may_have_been_received());
    assert!(!error.is_invalid() && !error.is_unreadable());
    assert_eq!(error.status(), Some(502));
    assert!(error.to_string().starts_with(&format!("{CREATE}502 Bad Gateway: ")), "{error}");
    assert!(error.body().unwrap().contains("<title>502 Bad Gateway</title>"), "{error}");
}

#[tokio::test]
async fn a_page_in_place_of_the_records_is_unreadable_and_the_call_was_received() {
    let wire = Wire::start(Reply::answer("200 OK", "text/html", "<html>Sign in</html>"));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.is_unreadable() && error.may_have_been_received(), "{error:?}");
    assert!(!error.is_server_error() && !error.is_invalid());
    assert_eq!(error.status(), Some(200));
    let text = error.to_string();
    assert!(text.starts_with(&format!("{CREATE}unreadable answer: 200 OK: ")), "{text}");
}

#[tokio::test]
async fn a_long_page_is_cut_and_stays_one_line() {
    let page = "<p>gateway\n</p>".repeat(10_000);
    let wire = Wire::start(Reply::answer("503 Service Unavailable", "text/html", &page));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.to_string().len() < 500, "{}", error.to_string().len());
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_key_stays_here() {
    for status in
        ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let other = Wire::start(Reply::json("201 Created", "{}"));
        let to = format!("{}/elsewhere", other.url());
        let wire = Wire::start(Reply::with_headers(status, &[("Location", &to)], ""));
        let error = failure(&wire).await;
        check(&error);
        assert!(error.to_string().contains(status), "{error}");
        assert_eq!(other.received().len(), 0, "{status}");
        assert_eq!(wire.received().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn truncated_json_is_unreadable() {
    let wire = Wire::start(Reply::json("201 Created", r#"{"data":{"id":"per_1","attri"#));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.is_unreadable() && error.may_have_been_received(), "{error:?}");
}

#[tokio::test]
async fn what_is_not_utf8_is_unreadable() {
    let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n";
    let wire = Wire::start(Reply::Bytes([head.as_slice(), b"\xff\xfe"].concat()));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.is_unreadable(), "{error:?}");
}

#[tokio::test]
async fn a_server_error_with_an_empty_body_still_says_what_it_knows() {
    let wire = Wire::start(Reply::json("500 Internal Server Error", ""));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.is_server_error() && error.may_have_been_received());
    assert_eq!(error.to_string(), format!("{CREATE}500 Internal Server Error{LOST}"));
    assert!(error.problems().is_empty() && error.body().is_none());
}

#[tokio::test]
async fn the_proxys_own_error_document_is_read() {
    let body = r#"{"statusCode":400,"message":["limit is too large","offset is no number"],"error":"Bad Request"}"#;
    let wire = Wire::start(Reply::json("400 Bad Request", body));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.is_invalid());
    let details: Vec<_> = error.problems().iter().map(|problem| &*problem.detail).collect();
    assert_eq!(details, ["limit is too large", "offset is no number"]);
    assert_eq!(
        error.to_string(),
        format!("{CREATE}400 Bad Request: limit is too large (and 1 more)")
    );
}

#[tokio::test]
async fn a_single_message_of_a_proxy_is_read_too() {
    let body = r#"{"statusCode":403,"message":"no user agent","error":"Forbidden"}"#;
    let wire = Wire::start(Reply::json("403 Forbidden", body));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.is_unauthorized());
    assert_eq!(error.to_string(), format!("{CREATE}403 Forbidden: no user agent"));
}

#[tokio::test]
async fn too_many_requests_say_how_long_to_wait() {
    let body = r#"{"errors":[{"status":"429","detail":"Too many requests"}]}"#;
    let headers = [("Content-Type", "application/json"), ("Retry-After", "7")];
    let wire = Wire::start(Reply::with_headers("429 Too Many Requests", &headers, body));
    let error = failure(&wire).await;
    check(&error);
    assert!(error.is_rate_limited() && !error.is_invalid());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.to_string(), format!("{CREATE}429 Too Many Requests: Too many requests"));
}

#[tokio::test]
async fn a_retry_after_that_is_no_number_is_not_one() {
    let headers = [("Retry-After", "soon")];
    let wire = Wire::start(Reply::with_headers("429 Too Many Requests", &headers, ""));
    let error = failure(&wire).await;
    assert!(error.is_rate_limited() && error.retry_after().is_none());
}

#[tokio::test]
async fn an_error_has_the_place_the_field_and_the_request_id() {
    let body = r#"{"errors":[
        {"status":"422","title":"Invalid input","detail":"expected a string","source":{"pointer":"/data/3/attributes/title"}},
        {"status":"400","title":"Invalid input","detail":"taken","source":{"pointer":"/data/7/attributes/email_addresses"}}
    ]}"#;
    let headers = [("Content-Type", "application/json"), ("X-Request-Id", "01J9ZC")];
    let wire = Wire::start(Reply::with_headers("422 Unprocessable Entity", &headers, body));
    let people = wire.client().records::<Person>();
    let error = people.bulk_create(&Batch::of([taylor()])).await.unwrap_err();
    check(&error);
    assert_eq!(
        error.to_string(),
        "POST /objects/person/records/bulk (person): 422 Unprocessable Entity: record 3: \
         /data/3/attributes/title: expected a string (and 1 more) [request 01J9ZC]"
    );
    assert_eq!(error.record_index(), Some(3));
    assert_eq!(error.field(), Some("title"));
    assert_eq!(error.request_id(), Some("01J9ZC"));
    let seen: Vec<_> = error.problems().iter().map(|p| (p.status, p.record_index())).collect();
    assert_eq!(seen, [(Some(422), Some(3)), (Some(400), Some(7))]);
}

#[tokio::test]
async fn a_pointer_in_the_detail_is_not_said_twice() {
    let body = r#"{"errors":[{"status":"422","title":"Invalid input","detail":"/data/attributes/email: invalid email","source":{"pointer":"/data/attributes/email"}}]}"#;
    let wire = Wire::start(Reply::json("422 Unprocessable Entity", body));
    let error = failure(&wire).await;
    assert_eq!(
        error.to_string(),
        format!("{CREATE}422 Unprocessable Entity: /data/attributes/email: invalid email")
    );
}

#[tokio::test]
async fn every_status_has_its_predicate_and_no_other() {
    let cases = [
        ("400 Bad Request", [true, false, false, false, false, false]),
        ("401 Unauthorized", [false, true, false, false, false, false]),
        ("403 Forbidden", [false, true, false, false, false, false]),
        ("404 Not Found", [false, false, true, false, false, false]),
        ("409 Conflict", [false, false, false, true, false, false]),
        ("413 Payload Too Large", [true, false, false, false, false, false]),
        ("422 Unprocessable Entity", [true, false, false, false, false, false]),
        ("429 Too Many Requests", [false, false, false, false, true, false]),
        ("500 Internal Server Error", [false, false, false, false, false, true]),
        ("503 Service Unavailable", [false, false, false, false, false, true]),
    ];
    for (status, expected) in cases {
        let wire = Wire::start(Reply::json(status, ""));
        let error = failure(&wire).await;
        assert_eq!(predicates(&error), expected, "{status}");
        assert!(!error.is_connect() && !error.is_config() && !error.is_timeout(), "{status}");
    }
}

fn predicates(error: &Error) -> [bool; 6] {
    [
        error.is_invalid(),
        error.is_unauthorized(),
        error.is_not_found(),
        error.is_conflict(),
        error.is_rate_limited(),
        error.is_server_error(),
    ]
}

#[tokio::test]
async fn every_call_names_itself_in_its_error() {
    let wire = Wire::start(Reply::json("500 Internal Server Error", ""));
    let people = wire.client().records::<Person>();
    let id = clarify_core::RecordId::new("per_1");
    let patch = || clarify_core::Patch::new().set(Person::TITLE, "CRO");
    let one = Batch::of([taylor()]);
    let cases = [
        (people.create(&taylor()).await.unwrap_err(), "POST /objects/person/records"),
        (people.upsert(&taylor()).await.unwrap_err(), "POST /objects/person/records"),
        (people.get(&id).await.unwrap_err(), "GET /objects/person/records/per_1"),
        (people.list().await.unwrap_err(), "GET /objects/person/resources"),
        (people.update(&id, patch()).await.unwrap_err(), "PATCH /objects/person/records/per_1"),
        (people.delete(&id).await.unwrap_err(), "DELETE /objects/person/records/per_1"),
        (people.bulk_create(&one).await.unwrap_err(), "POST /objects/person/records/bulk"),
        (people.bulk_upsert(&one).await.unwrap_err(), "POST /objects/person/records/bulk"),
        (
            people.bulk_update(&Batch::of([(&id, patch())])).await.unwrap_err(),
            "PATCH /objects/person/records",
        ),
        (
            people.bulk_delete(&Batch::of([&id])).await.unwrap_err(),
            "DELETE /objects/person/records",
        ),
    ];
    for (error, call) in cases {
        let lost = if error.sent().is_some() { LOST } else { "" };
        let expected = format!("{call} (person): 500 Internal Server Error{lost}");
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn what_is_filtered_by_is_not_in_the_error() {
    let wire = Wire::start(Reply::json("400 Bad Request", ""));
    let filter = Person::NAME.is("Somebody Private");
    let error = wire.client().records::<Person>().list().filter(filter).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("Private"), "{shown}");
    drop(wire);
}

#[tokio::test]
async fn what_is_filtered_by_is_not_in_the_error_of_a_broken_connection() {
    let wire = Wire::start(Reply::nothing());
    let filter = Person::NAME.is("Somebody Private");
    let error = wire.client().records::<Person>().list().filter(filter).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("Private"), "{shown}");
}

#[tokio::test]
async fn the_key_is_sent_in_its_header_and_shown_nowhere() {
    let body = r#"{"data":{"id":"mee_1","type":"meeting","attributes":{}}}"#;
    let wire = Wire::start(Reply::json("201 Created", body));
    let builder = wire.builder();
    let client = builder.clone().build().unwrap();
    let meetings = client.records::<Meeting>();
    let operation = meetings.create(&Meeting::default());
    let list = meetings.list();
    let shown = format!("{builder:?} {client:#?} {meetings:?} {operation:?} {list:?}");
    assert!(!shown.contains(KEY), "{shown}");
    operation.await.unwrap();
    let sent = &wire.received()[0];
    assert!(sent.head.to_lowercase().contains(&format!("authorization: api-key {KEY}")));
    assert!(!sent.line().contains(KEY) && !sent.body.contains(KEY));
}

#[tokio::test]
async fn a_key_that_an_answer_repeats_stays_out_of_the_error() {
    // A proxy that shows the request it got, headers and all.
    let page = format!("<pre>Authorization: api-key {KEY}</pre>");
    let wire = Wire::start(Reply::answer("502 Bad Gateway", "text/html", &page));
    let error = failure(&wire).await;
    check(&error);
}

#[tokio::test]
async fn every_request_says_what_it_is() {
    let body = r#"{"data":{"id":"per_1","type":"person","attributes":{}}}"#;
    let wire = Wire::start(Reply::json("201 Created", body));
    wire.client().records::<Person>().upsert(&taylor()).await.unwrap();
    let sent = wire.received()[0].clone();
    let head = sent.head.to_lowercase();
    assert_eq!(sent.line(), "POST /v1/workspaces/acme/objects/person/records HTTP/1.1");
    assert!(head.contains("content-type: application/json"), "{head}");
    assert!(head.contains("user-agent: clarify-rust/"), "the hosted edge wants one: {head}");
}
