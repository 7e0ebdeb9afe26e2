//! Requests that fail on purpose.

use std::time::{Duration, Instant};

use clarify_server::{Fault, Server};
use serde_json::json;

use crate::client::Service;
use crate::socket::{Socket, expect_refusal, head, header, list};

const POST: &str = "POST /v1/workspaces/local/objects/deal/records";

fn create(service: &Service, name: &str) -> String {
    let body = format!(r#"{{"data":{{"type":"deal","attributes":{{"name":"{name}"}}}}}}"#);
    head(service, POST, &format!("Content-Length: {}\r\n", body.len())) + &body
}

#[test]
fn a_status_stands_for_an_answer_and_nothing_is_done() {
    let service = Service::of(Server::builder().fault(Fault::status(429).on("POST", "/records")));
    let mut socket = Socket::new(&service);
    for _ in 0..2 {
        socket.write(create(&service, "A"));
        let answer = socket.answer();
        expect_refusal(&answer, 429);
        assert_eq!(header(&answer.0, "retry-after"), Some("1"));
    }
    assert!(service.ids("deal", &[]).is_empty());
    assert_eq!(service.create_bulk("deal", &[json!({})]).status, 201);
}

#[test]
fn a_cut_before_leaves_nothing_and_one_after_leaves_all() {
    let faults = [Fault::cut_before().nth(1).on("POST", "/objects/{object}/records")];
    let faults = faults.into_iter().chain([Fault::cut_after().nth(2).on("*", "/deal/records")]);
    let service = Service::of(faults.fold(Server::builder(), |builder, one| builder.fault(one)));
    for there in [0, 1] {
        let mut socket = Socket::new(&service);
        socket.write(create(&service, "A"));
        assert_eq!(socket.rest(), "");
        assert_eq!(service.ids("deal", &[]).len(), there);
    }
    let mut socket = Socket::new(&service);
    socket.write(create(&service, "B"));
    assert!(socket.answer().0.starts_with("HTTP/1.1 201"));
}

#[test]
fn delays_add_up_and_of_the_others_the_first_counts() {
    let delay = Duration::from_millis(60);
    let service = Service::of(
        Server::builder()
            .fault(Fault::latency(delay).on("GET", "/resources"))
            .fault(Fault::status(500).nth(1))
            .fault(Fault::latency(delay))
            .fault(Fault::cut_before().nth(1)),
    );
    let mut socket = Socket::new(&service);
    let mut ask = || {
        let start = Instant::now();
        socket.write(list(&service, "deal", ""));
        (socket.answer(), start.elapsed())
    };
    let (answer, time) = ask();
    expect_refusal(&answer, 500);
    assert!(time >= delay * 2);
    let (answer, time) = ask();
    assert!(answer.0.starts_with("HTTP/1.1 200") && time >= delay * 2);
}

#[test]
fn who_has_no_key_and_who_watches_is_spared() {
    let service = Service::of(Server::builder().fault(Fault::cut_before()));
    let mut socket = Socket::new(&service);
    socket.write("GET /v1/workspaces/local/objects/deal/resources HTTP/1.1\r\n\r\n");
    expect_refusal(&socket.answer(), 401);
    for path in ["/healthz", "/metrics"] {
        socket.write(format!("GET {path} HTTP/1.1\r\n\r\n"));
        assert!(socket.answer().0.starts_with("HTTP/1.1 200"));
    }
    socket.write(list(&service, "deal", ""));
    assert_eq!(socket.rest(), "");
}

#[test]
fn the_same_requests_meet_the_same_faults() {
    let run = |seed| {
        let fault = Fault::status(500).share(0.3).seed(seed);
        let service = Service::of(Server::builder().fault(fault));
        (0..60).map(|_| service.get("/objects/deal/resources").status).collect::<Vec<_>>()
    };
    let first = run(7);
    assert!(first.contains(&500) && first.contains(&200));
    assert_eq!(run(7), first);
    assert_ne!(run(8), first);
}

#[test]
fn a_fault_that_can_befall_nobody_is_named() {
    let error = |fault| Server::builder().fault(fault).start().unwrap_err().to_string();
    assert!(error(Fault::status(200)).contains("`200`"));
    assert!(error(Fault::status(500).share(-0.5)).contains("`-0.5`"));
    assert!(error(Fault::status(500).on("post", "/records")).contains("`post`"));
}
