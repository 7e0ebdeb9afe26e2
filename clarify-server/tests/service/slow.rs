//! Clients that are slow, silent, endless or too many.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use clarify_server::{Seed, Server};
use reqwest::Method;
use serde_json::json;

use crate::client::Service;
use crate::socket::{Socket, expect_refusal, head, list};

const SHORT: Duration = Duration::from_millis(300);

#[test]
fn a_head_has_its_time() {
    let service = Service::of(Server::builder().head_timeout(SHORT));
    let mut socket = Socket::new(&service);
    socket.write(list(&service, "deal", ""));
    assert!(socket.answer().0.starts_with("HTTP/1.1 200"));
    // A byte now and then does not lengthen it.
    let start = Instant::now();
    socket.write("GET ");
    let mut slow = socket.0.try_clone().unwrap();
    let writer = std::thread::spawn(move || {
        while start.elapsed() < Duration::from_secs(5) && slow.write_all(b"/").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    assert!(expect_refusal(&socket.answer(), 408).contains("300ms"));
    assert!(start.elapsed() >= SHORT);
    assert_eq!(socket.rest(), "");
    drop(socket);
    writer.join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_body_has_its_time() {
    let service = Service::of(Server::builder().body_timeout(SHORT));
    let post = "POST /v1/workspaces/local/objects/person/records";
    let mut socket = Socket::new(&service);
    socket.write(head(&service, post, "Content-Length: 100\r\n") + "{\"data\":");
    assert!(expect_refusal(&socket.answer(), 408).contains("300ms"));
    assert_eq!(socket.rest(), "");
}

#[test]
fn a_connection_without_requests_is_closed() {
    let service = Service::of(Server::builder().idle_timeout(SHORT));
    let start = Instant::now();
    let (mut silent, mut quiet) = (Socket::new(&service), Socket::new(&service));
    quiet.write(list(&service, "deal", ""));
    quiet.answer();
    assert_eq!((silent.rest(), quiet.rest()), (String::new(), String::new()));
    assert!(start.elapsed() >= SHORT);
}

#[test]
fn slow_clients_hold_nobody_up() {
    let service = Service::new();
    let mut held: Vec<_> = (0..200).map(|_| Socket::new(&service)).collect();
    for (number, socket) in held.iter_mut().enumerate() {
        match number % 3 {
            0 => {}
            1 => socket.write("GET /v1/"),
            _ => socket.write(head(
                &service,
                "POST /v1/workspaces/local/objects/person/records",
                "Content-Length: 9000\r\n",
            )),
        }
    }
    let start = Instant::now();
    for number in 0..20 {
        service.id("deal", &json!({ "name": format!("{number}") }));
    }
    assert!(start.elapsed() < Duration::from_secs(5));
    assert!(!held.iter_mut().any(Socket::is_closed));
    drop(service);
    assert!(start.elapsed() < Duration::from_secs(12));
}

#[test]
fn one_connection_too_many_takes_the_place_of_the_one_that_was_idle_longest() {
    let service = Service::of(Server::builder().max_connections(3));
    let get = list(&service, "deal", "");
    let mut sockets: Vec<_> = (0..3).map(|_| Socket::new(&service)).collect();
    // The order in which they came to rest.
    for number in [1, 2, 0] {
        sockets[number].write(&get);
        sockets[number].answer();
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut new = Socket::new(&service);
    new.write(&get);
    assert!(new.answer().0.starts_with("HTTP/1.1 200"));
    assert_eq!(sockets[1].rest(), "");
    assert!(!sockets[0].is_closed() && !sockets[2].is_closed());
    sockets[0].write(&get);
    assert!(sockets[0].answer().0.starts_with("HTTP/1.1 200"));
}

#[test]
fn without_an_idle_connection_new_ones_wait_and_open_ones_go_on() {
    let service = Service::of(Server::builder().max_connections(2));
    let get = list(&service, "deal", "");
    let mut busy: Vec<_> = (0..2).map(|_| Socket::new(&service)).collect();
    let (start, end) = get.split_at(10);
    busy.iter_mut().for_each(|socket| socket.write(start));
    std::thread::sleep(Duration::from_millis(100));
    let mut new = Socket::new(&service);
    new.write(&get);
    std::thread::sleep(Duration::from_millis(100));
    assert!(!busy.iter_mut().any(Socket::is_closed));
    busy[1].write(end);
    assert!(busy[1].answer().0.starts_with("HTTP/1.1 200"));
    assert!(new.answer().0.starts_with("HTTP/1.1 200"));
    assert_eq!(busy[1].rest(), "");
    busy[0].write(end);
    assert!(busy[0].answer().0.starts_with("HTTP/1.1 200"));
}

#[test]
fn a_body_that_is_too_large_is_refused_while_it_is_still_sent() {
    let service = Service::of(Server::builder().body_limit(1000));
    let body = "x".repeat(16 << 20);
    for _ in 0..5 {
        let answer = service.send(Method::POST, "/objects/person/records", Some(body.clone()));
        assert!(answer.detail(413).contains("1000"));
    }
}

#[test]
fn an_answer_that_is_not_taken_is_given_up() {
    let service = Service::of(Server::builder().body_timeout(SHORT));
    let text = "x".repeat(1000);
    let seed = |number| {
        Seed::new(format!("dea_{number}"), format!(r#"{{"name":"{number}","stage":"{text}"}}"#))
    };
    service.server.seed("deal", (0..1000).map(seed)).unwrap();
    let mut socket = Socket::new(&service);
    let start = Instant::now();
    for _ in 0..50 {
        socket.write(list(&service, "deal", "?page[limit]=1000"));
    }
    let open = || {
        let url = format!("http://{}/metrics", service.server.addr());
        let page = reqwest::blocking::get(url).unwrap().text().unwrap();
        !page.contains("clarify_connections_open 1\n")
    };
    while open() {
        assert!(start.elapsed() < Duration::from_secs(15), "it is still open");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Deals with a stage of so many bytes each, as many as one page shows.
fn large(service: &Service, bytes: usize) {
    let text = "x".repeat(bytes);
    let seed = |number| {
        Seed::new(format!("dea_{number}"), format!(r#"{{"name":"{number}","stage":"{text}"}}"#))
    };
    service.server.seed("deal", (0..1000).map(seed)).unwrap();
}

#[test]
fn an_answer_that_is_taken_byte_by_byte_is_given_up() {
    let service = Service::of(Server::builder().body_timeout(SHORT));
    large(&service, 50_000);
    let mut socket = Socket::new(&service);
    let start = Instant::now();
    socket.write(list(&service, "deal", "?page[limit]=1000"));
    let mut piece = vec![0; 64 << 10];
    while socket.0.read(&mut piece).is_ok_and(|count| count > 0) {
        assert!(start.elapsed() < Duration::from_secs(25), "it is still sent");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(start.elapsed() >= SHORT * 10);
}

#[test]
fn answers_have_so_much_room_together() {
    let service = Service::new();
    large(&service, 140_000);
    let get = list(&service, "deal", "?page[limit]=1000");
    let mut first = Socket::new(&service);
    first.write(&get);
    let mut start = [0; 15];
    first.0.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200 OK");
    let refused = service.get("/objects/deal/resources?page[limit]=1000");
    assert!(refused.detail(503).contains("ask again"));
    assert_eq!(refused.header("retry-after"), Some("1"));
    service.get("/objects/deal/resources?page[limit]=3").expect(200);
    drop(first);
    let start = Instant::now();
    while service.get("/objects/deal/resources?page[limit]=1000").status == 503 {
        assert!(start.elapsed() < Duration::from_secs(20), "the room is not given back");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_list_takes_so_many_filters() {
    let service = Service::new();
    let list = |count| {
        service.get(&format!("/objects/deal/resources?{}", "filter[amount]=>1&".repeat(count)))
    };
    list(100).expect(200);
    assert!(list(101).detail(400).contains("100"));
}

#[test]
fn requests_under_way_are_answered_when_the_service_stops() {
    let service = Service::new();
    let body = r#"{"data":{"type":"person","attributes":{}}}"#;
    let post = "POST /v1/workspaces/local/objects/person/records";
    let mut socket = Socket::new(&service);
    let mut idle = Socket::new(&service);
    idle.write(list(&service, "deal", ""));
    idle.answer();
    socket.write(head(&service, post, &format!("Content-Length: {}\r\n", body.len())));
    std::thread::sleep(Duration::from_millis(100));
    let start = Instant::now();
    let stopping = std::thread::spawn(move || drop(service));
    assert_eq!(idle.rest(), "");
    socket.write(body);
    assert!(socket.answer().0.starts_with("HTTP/1.1 201"));
    assert_eq!(socket.rest(), "");
    stopping.join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(4));
}

#[test]
fn limits_that_let_nobody_in_are_named() {
    let error = |builder: clarify_server::ServerBuilder| builder.start().unwrap_err().to_string();
    assert!(error(Server::builder().max_connections(0)).contains("connection"));
    assert!(error(Server::builder().head_timeout(Duration::ZERO)).contains("time limit"));
}
