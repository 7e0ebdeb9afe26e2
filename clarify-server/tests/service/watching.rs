//! Health and metrics.

use clarify_server::{Server, Synchronous};
use reqwest::Method;
use serde_json::json;

use crate::client::{Answer, Service, answer};

/// Asks without the key.
pub(crate) fn watch(service: &Service, path: &str) -> Answer {
    let url = format!("http://{}{path}", service.server.addr());
    answer(reqwest::blocking::Client::new().get(url))
}

/// The value of one line.
pub(crate) fn value(page: &str, name: &str) -> f64 {
    let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {page}")).parse().unwrap()
}

#[test]
fn health_needs_no_key_and_no_room() {
    let service = Service::of(Server::builder().rate_limit(1));
    for _ in 0..3 {
        let health = watch(&service, "/healthz");
        assert_eq!((health.status, &*health.text), (200, r#"{"status":"ok"}"#));
        assert!(health.header("x-request-id").is_some());
        assert_eq!(watch(&service, "/metrics").status, 200);
    }
    let url = format!("http://{}/healthz", service.server.addr());
    answer(service.request(Method::POST, &url)).errors(405);
}

#[test]
fn health_says_what_a_write_waits_for() {
    let folder = tempfile::tempdir().unwrap();
    for (synchronous, name) in [(None, "full"), (Some(Synchronous::Normal), "normal")] {
        let builder = Server::builder().data(folder.path().join("records.db"));
        let builder = synchronous.into_iter().fold(builder, |all, one| all.synchronous(one));
        let service = Service::of(builder);
        service.id("deal", &json!({ "name": name }));
        let health = watch(&service, "/healthz");
        assert_eq!(health.text, format!(r#"{{"status":"ok","synchronous":"{name}"}}"#));
    }
}

#[test]
fn metrics_count_what_was_done() {
    let service = Service::new();
    let id = service.id("deal", &json!({ "name": "A secret" }));
    service.create_bulk("deal", &[json!({}), json!({})]);
    service.delete(&format!("/objects/deal/records/{id}"));
    service.get("/objects/deal/resources?filter[name]=secret");
    service.create("deal", &json!({ "nothing": 1 })).errors(422);
    let page = watch(&service, "/metrics");
    assert!(page.header("content-type").unwrap().starts_with("text/plain; version=0.0.4"));
    let page = page.text;
    assert!(value(&page, "clarify_connections_open") >= 1.0);
    assert!(value(&page, "clarify_commits_total") >= 3.0);
    assert_eq!(value(&page, "clarify_commits_failed_total"), 0.0);
    assert_eq!(value(&page, "clarify_records_written_total"), 4.0);
    assert_eq!(value(&page, "clarify_writes_waiting"), 0.0);
    assert_eq!(value(&page, "clarify_answers_given_again_total"), 0.0);
    let route = "/v1/workspaces/{workspace}/objects/{object}/records";
    for (status, count) in [(201, 1.0), (422, 1.0)] {
        let labels = format!(
            "http_request_method=\"POST\",http_route=\"{route}\",\
             http_response_status_code=\"{status}\""
        );
        let name = "http_server_request_duration_seconds";
        assert_eq!(value(&page, &format!("{name}_count{{{labels}}}")), count);
        assert_eq!(value(&page, &format!("{name}_bucket{{{labels},le=\"+Inf\"}}")), count);
        assert!(value(&page, &format!("{name}_sum{{{labels}}}")) > 0.0);
    }
    assert!(!page.contains("secret") && !page.contains("deal") && !page.contains(&id), "{page}");
}

#[test]
fn every_verb_that_is_served_is_counted_by_its_name() {
    let service = Service::new();
    service.send(Method::PUT, "/schemas/objects/deal", Some("{}".to_owned())).errors(422);
    let route = "/v1/workspaces/{workspace}/schemas/objects/{object}";
    let labels = format!(
        "http_request_method=\"PUT\",http_route=\"{route}\",http_response_status_code=\"422\""
    );
    let name = format!("http_server_request_duration_seconds_count{{{labels}}}");
    assert_eq!(value(&watch(&service, "/metrics").text, &name), 1.0);
}

#[test]
fn nobody_makes_up_new_lines() {
    let service = Service::new();
    let lines = || watch(&service, "/metrics").text.lines().count();
    let other = |number: usize| {
        watch(&service, &format!("/x{number}"));
        let verb = Method::from_bytes(format!("X{number}").as_bytes()).unwrap();
        let url = format!("http://{}/", service.server.addr());
        answer(service.request(verb, &url));
    };
    other(0);
    lines();
    let before = lines();
    (1..20).for_each(other);
    assert_eq!(lines(), before);
}
