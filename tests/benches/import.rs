//! What an import costs: `cargo bench -p clarify-tests --bench import`.
//!
//! Memory: the peak of a program that imports 10,000, 100,000 and 1,000,000 generated records into a
//! service of another process, each size in a process of its own. Lower is better.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

use std::time::Instant;

use clarify_core::{ClarifyObject as _, Client};
use clarify_server::Server;
use clarify_tests::bench::{Part, figure, peak_memory, role};
use clarify_tests::objects::SalesOrder;

fn main() {
    match role() {
        Some((part, arguments)) if part == "serve" => serve(&arguments[0]),
        Some((_, arguments)) => import(&arguments[0], arguments[1].parse().unwrap()),
        None => memory(),
    }
}

fn memory() {
    let mut first = None;
    for count in [10_000, 100_000, 1_000_000] {
        let folder = tempfile::tempdir().unwrap();
        let mut service =
            Part::start(&format!("serve {}", folder.path().join("records.db").display()));
        let url = service.line();
        let [peak, rate] = Part::start(&format!("import {url} {count}")).figures()[..] else {
            panic!("an import prints two figures")
        };
        figure(format!("import_peak_memory_{count}"), peak, *first.get_or_insert(peak), "KiB");
        println!("# {count} records at {rate:.0} records/s");
    }
}

fn serve(path: &str) {
    let builder = Server::builder().workspace("acme").api_key("secret").data(path);
    let server = builder.register(SalesOrder::OBJECT).start().unwrap();
    println!("{}", server.url());
    loop {
        std::thread::park();
    }
}

#[tokio::main]
async fn import(url: &str, count: u64) {
    let client = Client::builder("acme").api_key("secret").base_url(url).build().unwrap();
    let began = Instant::now();
    let source = (0..count).map(|number| SalesOrder::numbered(format!("SO-{number}")));
    let report = client.records::<SalesOrder>().import(source).concurrency(16).await.unwrap();
    assert_eq!(report.progress.created, count);
    println!("{} {}", peak_memory("self"), count as f64 / began.elapsed().as_secs_f64());
}
