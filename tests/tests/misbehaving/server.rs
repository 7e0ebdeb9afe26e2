//! The server itself: what it passes on, how many it serves at once, its chance and its end.

use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clarify_core::Batch;
use clarify_server::Seed;
use clarify_tests::misbehaving::{Fault, Misbehaving, On, Upstream};
use clarify_tests::objects::{SalesOrder, Task};
use serde_json::json;

use crate::common::{CREATE, Got, Raw, before, service, stored, world};

#[tokio::test]
async fn what_meets_no_fault_is_passed_on_as_it_is() {
    let (server, proxy) = before(|proxy| proxy);
    let mut through = Raw::to(proxy.address());
    let mut direct = Raw::to(server.addr());
    through.ask("POST", "/objects/task/records", CREATE);
    let query = "/objects/task/resources?filter[title]=Call+back&filter[_created_at]=>=2024-01-01";
    // A line that is no HTTP ends the service's side of the connection, and not the client's.
    let refused = through.ask("GET", "/objects/task/resources?filter[title]=Call back", "");
    assert_eq!(refused.status(), 400);
    for path in [query, "/objects/task/resources?page[limit]=0", "/objects/nothing/resources"] {
        let (one, other) = (through.ask("GET", path, ""), direct.ask("GET", path, ""));
        assert_eq!((one.status(), &one.body), (other.status(), &other.body), "{path}");
    }
    let created = through.ask("POST", "/objects/task/records", CREATE);
    assert!(created.head.contains("clarify-matched: \r\n"), "{}", created.head);
    assert!(created.head.contains("x-ratelimit-limit: 3000\r\n"), "{}", created.head);
    assert_eq!(stored(&server, "task").await, 2);
}

#[tokio::test]
async fn what_was_seen_is_told_in_order() {
    let (_server, proxy) = before(|proxy| {
        proxy.fault(Fault::ServerErrorAfterCommit, On::Nth(0)).on_route("POST", "task/records")
    });
    let mut raw = Raw::to(proxy.address());
    raw.ask("GET", "/objects/task/resources?page[limit]=5", "");
    raw.ask("POST", "/objects/task/records", CREATE);
    raw.send("GET", "/objects/task/resources", "X-Mine: yes\r\n", "");
    raw.read();
    let seen = proxy.requests();
    assert_eq!(seen[0].path, "/v1/workspaces/acme/objects/task/resources?page[limit]=5");
    assert_eq!((seen[0].status, seen[0].answered, seen[0].forwarded), (Some(200), Some(200), true));
    assert!(seen[1].is("POST", "task/records") && !seen[1].is("GET", "task/records"));
    assert_eq!(seen[1].json()["data"]["attributes"]["title"], "Call back");
    assert_eq!((seen[1].status, seen[1].answered), (Some(201), Some(500)));
    assert_eq!((seen[2].status, seen[2].headers["x-mine"].as_bytes()), (Some(401), &b"yes"[..]));
    assert!(seen[0].began < seen[1].began && seen[1].began < seen[2].began);
}

#[tokio::test]
async fn a_request_may_come_in_pieces_and_two_at_once() {
    use std::io::Write as _;
    let (server, proxy) = before(|proxy| proxy);
    let mut stream = TcpStream::connect(proxy.address()).unwrap();
    let head = "POST /v1/workspaces/acme/objects/task/records HTTP/1.1\r\nHost: x\r\n\
                Authorization: api-key secret\r\nContent-Length: ";
    let request = format!("{head}{}\r\n\r\n{CREATE}", CREATE.len());
    let both = request.repeat(2);
    let (start, end) = both.split_at(request.len() - 20);
    stream.write_all(start.as_bytes()).unwrap();
    tokio::time::sleep(Duration::from_millis(30)).await;
    stream.write_all(end.as_bytes()).unwrap();
    let deadline = Instant::now() + Duration::from_secs(10);
    while stored(&server, "task").await < 2 {
        assert!(Instant::now() < deadline);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_client_that_closes_after_the_answer_is_closed_to() {
    let (_server, proxy) = before(|proxy| proxy);
    let mut raw = Raw::to(proxy.address());
    raw.send("GET", "/objects/task/resources", "Connection: close\r\n", "");
    assert!(raw.read().head.contains("connection: close"));
    assert!(raw.is_over());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_requests_are_under_way_at_once() {
    let latency = Fault::Latency(Duration::from_millis(400));
    let (server, proxy) = before(|proxy| proxy.fault(latency, On::Every));
    let tasks = proxy.client().records::<Task>();
    let began = Instant::now();
    let calls: Vec<_> = (0..40)
        .map(|_| {
            tokio::spawn({
                let tasks = tasks.clone();
                async move { tasks.create(&Task::default()).await.unwrap() }
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    assert_eq!(proxy.count(), 40);
    // A machine that is busy may need its time to begin them all.
    assert!((20..=40).contains(&proxy.in_flight_peak()), "{}", proxy.in_flight_peak());
    assert_eq!(stored(&server, "task").await, 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_under_way_is_never_more_than_what_the_clients_wait_for() {
    let (_server, proxy) = before(|proxy| proxy);
    let tasks = proxy.client().records::<Task>();
    let one_after_the_other = |tasks: clarify_core::Records<Task>| async move {
        for _ in 0..50 {
            tasks.list().limit(1).await.unwrap();
        }
    };
    let calls: Vec<_> = (0..3).map(|_| tokio::spawn(one_after_the_other(tasks.clone()))).collect();
    for call in calls {
        call.await.unwrap();
    }
    assert_eq!(proxy.count(), 150);
    assert!(proxy.in_flight_peak() <= 3, "{}", proxy.in_flight_peak());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_through_it_arrives_whole() {
    let (server, proxy) = before(|proxy| proxy.fault(Fault::ServerError, On::Share(0.1)));
    let orders = proxy.client().records::<SalesOrder>();
    let batches: Vec<_> = Batch::split((0..2_000).map(|n| SalesOrder::numbered(format!("O-{n}"))))
        .enumerate()
        .fold(vec![Vec::new(); 4], |mut lanes, (n, batch)| {
            lanes[n % 4].push(batch);
            lanes
        });
    let lanes: Vec<_> = batches
        .into_iter()
        .map(|lane| {
            let orders = orders.clone();
            tokio::spawn(async move {
                for batch in lane {
                    while orders.bulk_upsert(&batch).await.is_err() {}
                }
            })
        })
        .collect();
    for lane in lanes {
        lane.await.unwrap();
    }
    assert_eq!(stored(&server, "c_sales_order").await, 2_000);
    assert!(proxy.count() > 80, "{}", proxy.count());
}

async fn fates(seed: u64) -> Vec<Option<Fault>> {
    let (_server, proxy) = before(|proxy| {
        proxy
            .seed(seed)
            .fault(Fault::BadGateway, On::Share(0.2))
            .fault(Fault::TooMany { retry_after: None }, On::Share(0.3))
            .on_route("GET", "task")
    });
    let mut raw = Raw::to(proxy.address());
    for object in ["task", "deal"].repeat(40) {
        raw.ask("GET", &format!("/objects/{object}/resources"), "");
    }
    proxy.requests().into_iter().map(|seen| seen.fault).collect()
}

#[tokio::test]
async fn a_seed_is_a_fate() {
    let (one, same, other) = (fates(7).await, fates(7).await, fates(8).await);
    assert_eq!(one, same);
    assert_ne!(one, other);
    let many = |fault: &Fault| one.iter().flatten().filter(|met| *met == fault).count();
    assert!((4..32).contains(&many(&Fault::BadGateway)), "{one:?}");
    assert!((3..25).contains(&many(&Fault::TooMany { retry_after: None })), "{one:?}");
    let deals = one.iter().skip(1).step_by(2);
    assert!(deals.flatten().all(|fault| *fault == Fault::BadGateway));
}

#[tokio::test]
async fn latency_leaves_room_for_another_fault_and_all_end_when_told() {
    let wait = Duration::from_millis(60);
    let (_server, proxy) =
        before(|proxy| proxy.fault(Fault::Latency(wait), On::Every).fault(Fault::Page, On::Every));
    let began = Instant::now();
    let got = Raw::to(proxy.address()).ask("GET", "/objects/task/resources", "");
    assert!(began.elapsed() >= wait && got.body.contains("Sign in"));
    assert_eq!(proxy.requests()[0].fault, Some(Fault::Page));
    proxy.behave();
    let got = Raw::to(proxy.address()).ask("GET", "/objects/task/resources", "");
    assert!(got.body.contains("total_records"), "{}", got.body);
}

#[tokio::test]
async fn records_change_between_pages() {
    let server = Arc::new(service());
    for number in 0..4 {
        server.seed("task", [Seed::new(format!("tas_{number}"), "{}")]).unwrap();
    }
    let changed = Arc::clone(&server);
    let proxy = Misbehaving::before(&*server)
        .before_each(move |request| {
            if request.path.contains("page%5Boffset%5D=2") {
                changed.seed("task", [Seed::new("tas_late", "{}")]).unwrap();
            }
        })
        .start();
    let tasks = proxy.client().records::<Task>();
    let first = tasks.list().limit(2).await.unwrap();
    assert_eq!(first.total, Some(4));
    let second = first.next().unwrap().await.unwrap();
    assert_eq!(second.total, Some(5));
}

/// A number in the head of an answer.
fn header(got: &Got, name: &str) -> u64 {
    let lines: Vec<_> = got.head.lines().filter_map(|line| line.split_once(": ")).collect();
    let values: Vec<_> = lines.iter().filter(|(found, _)| *found == name).collect();
    assert_eq!(values.len(), 1, "{name}: {}", got.head);
    values[0].1.parse().unwrap()
}

#[tokio::test]
async fn a_rate_limit_is_told_before_it_is_met_and_forgotten_in_time() {
    let (server, proxy) = before(|proxy| proxy.rate_limit(2, Duration::from_secs(2)));
    let direct = world(&server.url());
    let id = direct.created("task", json!({})).await;
    let other = direct.created("task", json!({})).await;
    let mut raw = Raw::to(proxy.address());
    let mut get = |id: &str| raw.ask("GET", &format!("/objects/task/records/{id}"), "");
    let first = get(&id);
    let told = ["limit", "remaining"].map(|name| header(&first, &format!("x-ratelimit-{name}")));
    assert_eq!(told, [2, 1], "in place of what the service says");
    assert_eq!(header(&get(&other), "x-ratelimit-remaining"), 0);
    let refused = get(&id);
    assert_eq!(refused.status(), 429, "the ids of records make no endpoints");
    let wait = header(&refused, "retry-after");
    assert!((1..=2).contains(&wait) && wait == header(&refused, "x-ratelimit-reset"), "{wait}");
    let last = proxy.requests().pop().unwrap();
    assert_eq!((last.forwarded, last.answered, last.fault), (false, Some(429), None));
    let list = Raw::to(proxy.address()).ask("GET", "/objects/task/resources", "");
    assert_eq!(list.status(), 200, "another endpoint has its own count");
    tokio::time::sleep(Duration::from_secs(wait)).await;
    assert_eq!(get(&id).status(), 200);
}

#[tokio::test]
async fn what_the_rate_limit_refuses_meets_no_fault() {
    let (_server, proxy) = before(|proxy| {
        proxy.rate_limit(1, Duration::from_secs(3600)).fault(Fault::CloseAfterCommit, On::Nth(1))
    });
    let mut raw = Raw::to(proxy.address());
    assert_eq!(raw.ask("GET", "/objects/task/resources", "").status(), 200);
    assert_eq!(raw.ask("GET", "/objects/task/resources", "").status(), 429);
    assert_eq!(proxy.requests()[1].fault, None);
}

#[tokio::test]
async fn it_stops_on_drop_with_all_that_is_under_way() {
    let wait = Fault::Latency(Duration::from_secs(3600));
    let (_server, proxy) = before(|proxy| proxy.fault(wait, On::Every));
    let address = proxy.address();
    let mut raw = Raw::to(address);
    raw.send("GET", "/objects/task/resources", "", "");
    while proxy.count() == 0 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let began = Instant::now();
    drop(proxy);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(raw.is_over());
    TcpStream::connect(address).unwrap_err();
}

#[tokio::test]
async fn a_service_is_found_by_its_url_too() {
    let server = service();
    let proxy = Misbehaving::before(Upstream::at(&server.url(), server.api_key())).start();
    proxy.client().records::<Task>().create(&Task::default()).await.unwrap();
    assert_eq!((proxy.workspace(), stored(&server, "task").await), ("acme", 1));
}

#[tokio::test]
async fn a_service_that_has_stopped_ends_the_connection() {
    let (server, proxy) = before(|proxy| proxy);
    let mut raw = Raw::to(proxy.address());
    assert_eq!(raw.ask("GET", "/objects/task/resources", "").status(), 200);
    drop(server);
    assert_eq!(raw.ask("GET", "/objects/task/resources", "").head, "");
}
