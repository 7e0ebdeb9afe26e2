//! What holds for every request: keys, paths, verbs, bodies, headers.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use clarify_server::Server;
use reqwest::Method;
use serde_json::json;

use crate::client::{Service, answer};

#[test]
fn only_the_key_opens_the_workspace() {
    let service = Service::of(Server::builder().api_key("secret").workspace("acme"));
    let url = format!("{}/objects/person/resources", service.server.url());
    let with = |value: Option<&str>| {
        let mut request = reqwest::blocking::Client::new().get(&url);
        if let Some(value) = value {
            request = request.header("authorization", value);
        }
        answer(request)
    };
    for good in ["api-key secret", "API-Key secret"] {
        assert_eq!(with(Some(good)).status, 200, "{good}");
    }
    let bad = ["Bearer secret", "api-key Secret", "api-key", "secret", "api-key secret2"];
    for value in bad.map(Some).into_iter().chain([None]) {
        assert_eq!(with(value).detail(401), "Invalid API key", "{value:?}");
    }
    assert!(!format!("{:?}", service.server).contains("secret"));
    assert!(!format!("{:?}", Server::builder().api_key("secret")).contains("secret"));
}

#[test]
fn the_key_is_checked_before_the_workspace() {
    let service = Service::new();
    let url = service.server.url().replace("/local", "/other") + "/objects/person/resources";
    let known = answer(service.request(Method::GET, &url));
    assert!(known.detail(404).contains("workspace"));
    let unknown = answer(reqwest::blocking::Client::new().get(&url));
    assert_eq!(unknown.status, 401);
}

#[test]
fn unknown_paths_verbs_and_objects_are_told_apart() {
    let service = Service::new();
    let wrong = service.get("/objects/person/records");
    wrong.errors(405);
    let mut allowed: Vec<_> = wrong.header("allow").unwrap().split(',').map(str::trim).collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["DELETE", "PATCH", "POST"]);
    service.get("/objects/person/records/bulk/x").errors(404);
    service.get("/nothing").errors(404);
    assert!(service.get("/objects/nothing/resources").detail(404).contains("`nothing`"));
    let root = service.server.url().replace("/v1/workspaces/local", "/workspaces/local");
    answer(service.request(Method::GET, &root)).errors(404);
    service.get("/objects/person/records/%FF").errors(404);
}

#[test]
fn bodies_have_a_limit_and_a_form() {
    let service = Service::of(Server::builder().body_limit(1000));
    let post =
        |body: &str| service.send(Method::POST, "/objects/person/records", Some(body.to_owned()));
    let large = format!(
        r#"{{"data":{{"type":"person","attributes":{{"title":"{}"}}}}}}"#,
        "x".repeat(1000)
    );
    assert!(post(&large).detail(413).contains("1000"));
    for malformed in ["", "{", "{\"data\":}", "nul", "{} x"] {
        assert!(post(malformed).detail(400).contains("not JSON"), "{malformed}");
    }
    let deep = format!("{}{}", "[".repeat(400), "]".repeat(400));
    assert_eq!(post(&deep).errors(422).len(), 1);
    let attributes =
        format!(r#"{{"data":{{"type":"company","attributes":{{"location":{deep}}}}}}}"#);
    let path = "/objects/company/records";
    let refused = service.send(Method::POST, path, Some(attributes));
    assert_eq!(refused.pointer(422), "/data/attributes/location");
    let error = post("{").json();
    assert!(error["errors"][0].get("title").is_none());
    let error = post("{\"data\": 5}").json();
    assert_eq!(error["errors"][0]["title"], "Invalid input");
}

/// What the headers say remains of a limit.
fn remaining(answer: &crate::client::Answer, limit: &str) -> u32 {
    assert_eq!(answer.header("x-ratelimit-limit"), Some(limit));
    let reset: u64 = answer.header("x-ratelimit-reset").unwrap().parse().unwrap();
    assert!((1..=60).contains(&reset));
    answer.header("x-ratelimit-remaining").unwrap().parse().unwrap()
}

#[test]
fn every_answer_says_how_many_requests_remain_and_without_a_limit_all_do() {
    let service = Service::new();
    let list = |object: &str| service.get(&format!("/objects/{object}/resources"));
    for answer in [
        list("person"),
        list("person"),
        list("nothing"),
        service.get("/objects/person/records/x"),
        service.get("/nothing"),
        answer(reqwest::blocking::Client::new().get(service.server.url())),
    ] {
        assert_eq!(remaining(&answer, "3000"), 3000);
    }
}

#[test]
fn requests_over_the_limit_are_refused_until_there_is_room() {
    let service = Service::of(Server::builder().rate_limit(2));
    let list = |object: &str| service.get(&format!("/objects/{object}/resources"));
    assert_eq!(remaining(&list("person"), "2"), 1);
    assert_eq!(remaining(&list("nothing"), "2"), 0);
    let refused = list("person");
    assert_eq!((refused.status, remaining(&refused, "2")), (429, 0));
    assert_eq!(refused.header("retry-after"), refused.header("x-ratelimit-reset"));
    assert_eq!(refused.json()["errors"][0]["status"], "429");
    let other = service.get("/objects/person/records/x");
    assert_eq!((other.status, remaining(&other, "2")), (404, 1));
}

#[test]
fn every_answer_has_a_request_id() {
    let service = Service::new();
    let url = format!("{}/objects/person/resources", service.server.url());
    let send = |id: &str| answer(service.request(Method::GET, &url).header("x-request-id", id));
    assert_eq!(send("abc-1").header("x-request-id"), Some("abc-1"));
    for bad in ["a b", "<script>", &"x".repeat(200)] {
        let id = send(bad).header("x-request-id").unwrap().to_owned();
        assert!(id != bad && !id.is_empty());
    }
    let (a, b) = (service.get("/x"), service.get("/x"));
    assert_ne!(a.header("x-request-id").unwrap(), b.header("x-request-id").unwrap());
}

#[test]
fn every_write_takes_silent() {
    let service = Service::new();
    let body = json!({ "data": { "type": "person", "attributes": {} } });
    let post =
        |silent: &str| service.post(&format!("/objects/person/records?silent={silent}"), &body);
    let id = post("true").expect(201)["data"]["id"].as_str().unwrap().to_owned();
    post("false").expect(201);
    assert!(post("yes").detail(400).contains("`silent`"));
    let path = format!("/objects/person/records/{id}");
    service.patch(&format!("{path}?silent=1"), &body).errors(400);
    service.patch(&format!("{path}?silent=true"), &body).expect(200);
    service.delete(&format!("{path}?silent=")).errors(400);
    assert_eq!(service.delete(&format!("{path}?silent=true")).status, 204);
    let ids = json!({ "items": ["x"] });
    service.delete_with("/objects/person/records?silent=no", &ids).errors(400);
}

/// What a client sends that encodes nothing.
fn raw(service: &Service, head: &str) -> String {
    let mut stream = TcpStream::connect(service.server.addr()).unwrap();
    let key = service.server.api_key();
    let request =
        format!("{head}\r\nHost: h\r\nConnection: close\r\nAuthorization: api-key {key}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_query_is_read_as_it_was_typed() {
    let service = Service::new();
    let id = service.id("deal", &json!({ "name": "é", "amount": 50000 }));
    service.id("deal", &json!({ "amount": 49999.9999 }));
    for query in [
        "filter[amount]=>=50000",
        "filter[amount]=%3E=50000",
        "filter%5Bamount%5D=>49999.9999",
        "filter[amount][Greater+than+or+equal]=50000",
        "filter[amount][Greater%20than]=49999.9999",
        "filter[amount]==50000",
        "filter[amount]=!=49999.9999",
        "filter[name]=é",
    ] {
        let head = format!("GET /v1/workspaces/local/objects/deal/resources?{query} HTTP/1.1");
        let answer = raw(&service, &head);
        assert!(answer.starts_with("HTTP/1.1 200"), "{query}: {answer}");
        assert!(
            answer.contains("\"total_records\":1,") && answer.contains(&id),
            "{query}: {answer}"
        );
    }
}
