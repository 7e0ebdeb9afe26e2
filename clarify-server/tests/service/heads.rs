//! Requests as bytes: those that can't be read, and those that come in pieces or together.

use std::net::Shutdown;
use std::time::Duration;

use fastrand::Rng;
use serde_json::json;

use crate::client::Service;
use crate::socket::{Socket, expect_refusal, head, header, list};

#[test]
fn what_can_not_be_read_is_answered_as_everything_else_is() {
    let service = Service::new();
    let long = "x".repeat(70_000);
    let many = "a: b\r\n".repeat(101);
    let long_headers = format!("a: {long}\r\nb: {long}\r\n");
    for (request, status, expected) in [
        ("nonsense\r\n\r\n".to_owned(), 400, "request line"),
        ("GET\r\n\r\n".to_owned(), 400, "request line"),
        ("G@T / HTTP/1.1\r\n\r\n".to_owned(), 400, "verb"),
        ("\u{1}\u{2}\r\n\r\n".to_owned(), 400, "verb"),
        ("GET /a b HTTP/1.1\r\n\r\n".to_owned(), 400, "HTTP/1.1"),
        ("GET http:// HTTP/1.1\r\n\r\n".to_owned(), 400, "URL"),
        ("GET //[ HTTP/3.1\r\n\r\n".to_owned(), 400, "HTTP/1.1"),
        ("PRI * HTTP/2.0\r\n\r\n".to_owned(), 400, "HTTP/1.1"),
        ("GET / HTTP/1.1\r\na b: c\r\n\r\n".to_owned(), 400, "name"),
        ("GET / HTTP/1.1\r\na: \u{1}\r\n\r\n".to_owned(), 400, "value"),
        ("POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n".to_owned(), 400, "Content-Length"),
        ("POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n".to_owned(), 400, "Content-Length"),
        (
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n".to_owned(),
            400,
            "Content-Length",
        ),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n".to_owned(), 400, "chunked"),
        ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(), 400, "chunked"),
        (format!("GET / HTTP/1.1\r\n{many}\r\n"), 431, "100"),
        (format!("GET / HTTP/1.1\r\n{long_headers}\r\n"), 431, "98304"),
        (format!("GET /{long} HTTP/1.1\r\n\r\n"), 414, "65534"),
        (format!("GET /{}", long.repeat(3)), 414, "65534"),
    ] {
        let mut socket = Socket::new(&service);
        socket.write(&request);
        let answer = socket.answer();
        let start: String = request.chars().take(60).collect();
        let detail = expect_refusal(&answer, status);
        assert!(detail.contains(expected), "{start}: {detail}");
        assert_eq!(header(&answer.0, "connection"), Some("close"), "{start}");
        assert_eq!(socket.rest(), "", "{start}");
    }
}

#[test]
fn a_refusal_reaches_a_client_that_has_said_all_it_will() {
    let service = Service::new();
    for _ in 0..20 {
        let mut socket = Socket::new(&service);
        socket.write("nonsense\r\n\r\n");
        socket.0.shutdown(Shutdown::Write).unwrap();
        expect_refusal(&socket.answer(), 400);
    }
}

/// A head with some of its bytes changed, left out or doubled.
fn mutilated(random: &mut Rng, head: &str) -> Vec<u8> {
    let mut bytes = head.as_bytes().to_vec();
    for _ in 0..random.usize(1..4) {
        let at = random.usize(..bytes.len());
        match random.u8(..4) {
            0 => bytes[at] = random.u8(..),
            1 => bytes[at] = *random.choice(b" \r\n:/?%#[]<>\"\0@,;").unwrap(),
            2 => drop(bytes.remove(at)),
            _ => bytes.insert(at, bytes[at]),
        }
    }
    bytes.extend(b"\r\n\r\n");
    bytes
}

#[test]
fn whatever_is_sent_is_answered_with_every_header() {
    let service = Service::new();
    let mut random = Rng::with_seed(11);
    let start = "POST /v1/workspaces/x/objects/deal/records?a=b HTTP/1.1\r\nHost: h\r\n";
    for headers in ["Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\nTE: x\r\n\r\n0\r\n"] {
        for _ in 0..500 {
            let bytes = mutilated(&mut random, &format!("{start}{headers}"));
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            let mut socket = Socket::new(&service);
            socket.write(&bytes);
            let (head, body) = socket.answer();
            assert!(header(&head, "x-request-id").is_some(), "{shown:?}: {head}");
            assert!(body.starts_with("{\"errors\":[{"), "{shown:?}: {head}{body}");
        }
    }
}

#[test]
fn the_verb_that_stands_for_what_was_refused_is_no_ones_to_send() {
    let service = Service::new();
    let mut socket = Socket::new(&service);
    socket.write("REFUSED / HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refusal(&socket.answer(), 404);
}

#[test]
fn what_came_before_a_request_that_can_not_be_read_is_answered() {
    let service = Service::new();
    let mut socket = Socket::new(&service);
    socket.write(format!("{}nonsense\r\n\r\nGET / HTTP/1.1\r\n\r\n", list(&service, "deal", "")));
    assert!(socket.answer().0.starts_with("HTTP/1.1 200"));
    expect_refusal(&socket.answer(), 400);
    assert_eq!(socket.rest(), "");
}

const QUERIES: [&str; 3] = ["?filter[amount]=>=5", "?filter[amount]=<5.5", "?filter[name]=é"];

fn expect_one(answer: &(String, String)) {
    assert!(answer.0.starts_with("HTTP/1.1 200"), "{answer:?}");
    assert!(answer.1.contains("\"total_records\":1,"), "{answer:?}");
}

#[test]
fn a_query_is_read_however_its_bytes_arrive() {
    let service = Service::new();
    service.id("deal", &json!({ "name": "é", "amount": 5 }));
    for query in QUERIES {
        let mut socket = Socket::new(&service);
        for byte in list(&service, "deal", query).as_bytes() {
            socket.write([*byte]);
        }
        expect_one(&socket.answer());
        for piece in list(&service, "deal", query).as_bytes().chunks(40) {
            socket.write(piece);
            std::thread::sleep(Duration::from_millis(2));
        }
        expect_one(&socket.answer());
    }
}

#[test]
fn requests_that_come_together_are_answered_in_order() {
    let service = Service::new();
    service.id("deal", &json!({ "name": "é", "amount": 5 }));
    // Bodies that look like requests stay as they are.
    let body = r#"{"data":{"type":"person","attributes":{"title":"\nGET /?a=<é>\r\n\r\n"}}}"#;
    let post = "POST /v1/workspaces/local/objects/person/records?silent=true";
    let sized = head(&service, post, &format!("Content-Length: {}\r\n", body.len())) + body;
    let (half, rest) = body.split_at(40);
    let chunked = head(&service, post, "Transfer-Encoding: chunked\r\n")
        + &format!(
            "{:x}\r\n{half}\r\n{:X};a=b\r\n{rest}\r\n0\r\nT: <\r\n\r\n",
            half.len(),
            rest.len()
        );
    let mut requests = String::new();
    for (query, write) in QUERIES.iter().zip([&sized, &chunked, &sized]) {
        requests += &(list(&service, "deal", query) + write);
    }
    for size in [1, 7, 100, 1000, requests.len()] {
        let mut socket = Socket::new(&service);
        for piece in requests.as_bytes().chunks(size) {
            socket.write(piece);
        }
        for _ in QUERIES {
            expect_one(&socket.answer());
            let (head, body) = socket.answer();
            assert!(head.starts_with("HTTP/1.1 201") && body.contains("a=<é>"), "{head}{body}");
        }
    }
}
