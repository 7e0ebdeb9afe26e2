//! What reading costs: `cargo bench -p clarify-tests --bench service_read`.
//!
//! One record by its id, pages of 25 and of 1,000 all over 100,000 companies in a file, asked for by 32
//! connections, against axum, which has the same bodies in memory and looks up each by its path. Service,
//! axum and load are processes of their own, and take turns. Figures are answers in a second, medians of
//! rounds; higher is better. `processor` is the time that the service, and axum, take of a processor for an
//! answer: lower is better. Before, both sides are asked for everything once, and answer the same.
//!
//! Nothing is written meanwhile, so that the service gives most answers again, as it keeps them until
//! then. `looked_up` is what it does when it is told to keep none.
//!
//! Lines that begin with `#` say what of that SQLite takes by itself: one thread finds the same rows, each
//! time in a transaction, and looks at their columns; nothing is made of them. `limit` is the ratio of
//! answers in a second that would be left if the service took no more than that and what axum takes, load
//! and service having the same processors.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use clarify_schema::COMPANY;
use clarify_tests::bench::{
    Load, Part, Request, Sent, Service, addr, builder, company, fill, id, median,
    own_processor_time, processor_time, role, rounds, serve,
};
use rusqlite::{Connection, OpenFlags, Row, ToSql};
use tokio::net::TcpListener;

const RECORDS: u64 = 100_000;
const CONNECTIONS: usize = 32;

/// How many times both sides take turns.
const ROUNDS: usize = 7;

/// What is asked for: its name, different paths of it, and how many requests a round has.
const KINDS: [(&str, u64, usize); 3] =
    [("get", 1000, 30_000), ("page_25", 200, 10_000), ("page_1000", 40, 600)];

fn main() {
    match role() {
        Some((part, arguments)) if part == "serve" => serve(builder().data(&arguments[0])),
        Some((part, arguments)) if part == "look_up" => {
            serve(builder().data(&arguments[0]).kept_answers(0))
        }
        Some((part, arguments)) if part == "axum" => remember(&arguments[0]),
        Some((_, arguments)) => {
            let Sent { seconds, bytes } = send(&arguments[0], &arguments[1]);
            println!("{seconds} {bytes}");
        }
        None => compare(),
    }
}

fn compare() {
    let folder = tempfile::tempdir().unwrap();
    let [path, copy] = ["records.db", "copy.db"].map(|name| folder.path().join(name));
    fill(&path, &COMPANY, RECORDS, |number| company(number, 0));
    fs::copy(&path, &copy).unwrap();
    let service = Service::start(&format!("serve {}", path.display()));
    let looking_up = Service::start(&format!("look_up {}", copy.display()));
    let axum = Service::start(&format!("axum {}", service.url));
    for (kind, _, count) in KINDS {
        compare_answers(&service, &axum, kind, &format!("service_read_{kind}"));
        let name = format!("service_read_{kind}_looked_up");
        let other = compare_answers(&looking_up, &axum, kind, &name);
        let sqlite = by_itself(&path, kind, count);
        println!("# service_read_{kind}_sqlite {sqlite:.2} us");
        println!("# {name}_limit {:.3}", other / (other + sqlite));
    }
}

/// The microseconds that axum and the load take together for each answer.
fn compare_answers(service: &Service, axum: &Service, kind: &str, name: &str) -> f64 {
    check(service, axum, kind);
    let turns: Vec<_> = (0..ROUNDS).map(|round| turn(service, axum, kind, round)).collect();
    let pairs = |of: fn(&Turn) -> (f64, f64)| turns.iter().map(of).collect::<Vec<_>>();
    rounds(name.to_owned(), &pairs(|turn| turn.rate), " answers/s");
    rounds(format!("{name}_processor"), &pairs(|turn| turn.processor), " us");
    median(turns.iter().map(|turn| turn.processor.1 + turn.load).collect())
}

const COLUMNS: &str = "SELECT id, created_at, updated_at, attributes, merged_ids FROM records";
const OBJECT: &str = "SELECT key FROM objects WHERE name = 'company'";

/// Microseconds of a processor that SQLite takes for what the service answers.
fn by_itself(path: &Path, kind: &str, count: usize) -> f64 {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).unwrap();
    connection.pragma_update(None, "cache_size", -(16 << 10)).unwrap();
    let object: i64 = connection.query_row(OBJECT, [], |row| row.get(0)).unwrap();
    let sql = match kind.strip_prefix("page_") {
        // The keys of an object's records begin at 2^40 times its own, and none was deleted.
        Some(limit) => {
            format!("{COLUMNS} WHERE key > {} + ? ORDER BY key LIMIT {limit}", object << 40)
        }
        None => format!("{COLUMNS} WHERE object = {object} AND id = ?"),
    };
    let mut statement = connection.prepare(&sql).unwrap();
    let (_, different, _) = KINDS.into_iter().find(|(name, ..)| *name == kind).unwrap();
    let before = own_processor_time();
    for place in (0..count as u64).map(|place| place % different * (RECORDS / different)) {
        let id = id(place);
        let value: &dyn ToSql = if kind == "get" { &id } else { &(place as i64) };
        let mut rows = statement.query([value]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            look_at(row);
        }
    }
    (own_processor_time() - before) / count as f64 * 1e6
}

fn look_at(row: &Row<'_>) {
    for column in 0..5 {
        black_box(row.get_ref(column).unwrap());
    }
}

/// That both answer the same.
fn check(service: &Service, axum: &Service, kind: &str) {
    let requests: Vec<_> = targets(kind).iter().map(|target| request(target)).collect();
    let ours = Load::fetch(&service.addr(), &requests);
    for (ours, axum) in ours.iter().zip(Load::fetch(&axum.addr(), &requests)) {
        assert!(ours.status == 200 && ours.body == axum.body, "other answers to {kind}");
    }
}

/// What both sides have done: ours, then the baseline.
struct Turn {
    rate: (f64, f64),
    /// Microseconds for each answer.
    processor: (f64, f64),
    /// What the load takes for each answer of the baseline, likewise.
    load: f64,
}

/// What one side has done.
struct Asked {
    rate: f64,
    processor: f64,
    load: f64,
    bytes: f64,
}

/// Asks both, each round another one first.
fn turn(service: &Service, axum: &Service, kind: &str, round: usize) -> Turn {
    let (_, _, count) = KINDS.into_iter().find(|(name, ..)| *name == kind).unwrap();
    let (ours, baseline) = if round.is_multiple_of(2) {
        (ask(service, kind, count), ask(axum, kind, count))
    } else {
        let baseline = ask(axum, kind, count);
        (ask(service, kind, count), baseline)
    };
    assert_eq!(ours.bytes, baseline.bytes, "other bodies");
    let processor = (ours.processor, baseline.processor);
    Turn { rate: (ours.rate, baseline.rate), processor, load: baseline.load }
}

fn ask(side: &Service, kind: &str, count: usize) -> Asked {
    let before = processor_time(side.id());
    let mut load = Part::start(&format!("send {} {kind}", side.url));
    let figures = load.figures();
    let each = |seconds: f64| seconds / count as f64 * 1e6;
    let processor = each(processor_time(side.id()) - before);
    let load = each(processor_time(load.id()));
    Asked { rate: count as f64 / figures[0], processor, load, bytes: figures[1] }
}

fn send(url: &str, kind: &str) -> Sent {
    let (_, _, count) = KINDS.into_iter().find(|(name, ..)| *name == kind).unwrap();
    let targets = targets(kind);
    let requests = targets.iter().cycle().take(count).map(|target| request(target)).collect();
    Load { addr: addr(url).to_owned(), connections: CONNECTIONS, requests }.send(200)
}

/// What follows the object in the paths of this kind.
fn targets(kind: &str) -> Vec<String> {
    let (_, different, _) = KINDS.into_iter().find(|(name, ..)| *name == kind).unwrap();
    let places = (0..different).map(|place| place * (RECORDS / different));
    match kind.strip_prefix("page_") {
        Some(limit) => places
            .map(|offset| format!("/resources?page[limit]={limit}&page[offset]={offset}"))
            .collect(),
        None => places.map(|number| format!("/records/{}", id(number))).collect(),
    }
}

fn request(target: &str) -> Request {
    Request::of_companies("GET", target, "")
}

/// The baseline: axum with everything that the service at this URL answers.
#[tokio::main]
async fn remember(url: &str) {
    let addr = addr(url).to_owned();
    let bodies = std::thread::spawn(move || bodies(&addr)).join().unwrap();
    let router = Router::new().fallback(recall).with_state(Arc::new(bodies));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("http://{}/", listener.local_addr().unwrap());
    axum::serve(listener, router).await.unwrap();
}

type Bodies = HashMap<String, Bytes>;

fn bodies(addr: &str) -> Bodies {
    let targets: Vec<_> = KINDS.iter().flat_map(|(kind, ..)| targets(kind)).collect();
    let requests: Vec<_> = targets.iter().map(|target| request(target)).collect();
    let answers = Load::fetch(addr, &requests).into_iter().map(|answer| Bytes::from(answer.body));
    targets.into_iter().zip(answers).collect()
}

async fn recall(State(bodies): State<Arc<Bodies>>, uri: Uri) -> Response {
    let target = uri.path_and_query().and_then(|path| path.as_str().split_once("/company"));
    match target.and_then(|(_, rest)| bodies.get(rest)) {
        Some(body) => ([(CONTENT_TYPE, "application/json")], body.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
