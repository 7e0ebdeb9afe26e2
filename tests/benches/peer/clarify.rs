//! Our side.

use std::path::Path;

use clarify_server::{ServerBuilder, Synchronous};
use clarify_tests::bench::{Load, Part, Request, addr, builder, resource};
use serde_json::Value;

use crate::{BATCH, GETS, RECORDS, Requests, STEP, created, pages};

pub fn start(level: &str, folder: &Path) -> (Part, String) {
    let path = folder.join(format!("{level}.db"));
    let mut part = Part::start(&format!("serve {} {level}", path.display()));
    let url = part.line();
    (part, addr(&url).to_owned())
}

pub fn settings(arguments: &[String]) -> ServerBuilder {
    let level = if arguments[1] == "normal" { Synchronous::Normal } else { Synchronous::Full };
    builder().data(&arguments[0]).kept_answers(0).synchronous(level)
}

pub fn load(addr: &str, kind: &str, round: u64) -> Requests {
    match kind {
        "batch" => (created(kind, round).step_by(STEP).map(batch).collect(), 201),
        "single" => (created(kind, round).map(single).collect(), 201),
        "list" => (pages().map(|page| list(25, page * 25)).collect(), 200),
        _ => (gets(addr), 200),
    }
}

fn batch(first: u64) -> Request {
    let resources = (first..first + BATCH).map(|number| resource(number, 0));
    let body = format!("{{\"data\":[{}]}}", resources.collect::<Vec<_>>().join(","));
    Request::of_companies("POST", "/records/bulk", &body)
}

fn single(number: u64) -> Request {
    let body = format!("{{\"data\":{}}}", resource(number, 0));
    Request::of_companies("POST", "/records", &body)
}

fn list(limit: u64, offset: u64) -> Request {
    let path = format!("/resources?page[limit]={limit}&page[offset]={offset}");
    Request::of_companies("GET", &path, "")
}

/// Records from all over; the service has made their ids.
fn gets(addr: &str) -> Vec<Request> {
    let some = GETS / 8;
    let lists: Vec<_> = (0..8).map(|part| list(some, part * (RECORDS / 8))).collect();
    let pages = Load::fetch(addr, &lists).into_iter().map(|page| parse(&page.body));
    let ids = pages.flat_map(|page| page["data"].as_array().unwrap().clone());
    ids.map(|record| {
        let path = format!("/records/{}", record["id"].as_str().unwrap());
        Request::of_companies("GET", &path, "")
    })
    .collect()
}

pub fn total(addr: &str) -> u64 {
    let page = Load::fetch(addr, &[list(25, 0)]).remove(0);
    parse(&page.body)["meta"]["total_records"].as_u64().unwrap()
}

fn parse(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}
