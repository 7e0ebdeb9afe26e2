//! What an import costs: `cargo bench -p clarify-tests --bench import`.
//!
//! Rate: 100,000 generated orders, 16 batches under way, with 0, 20 and 100 ms added to each request by
//! the service, against what those times alone would allow, batches × latency ÷ 16, and against a loop
//! written by hand with reqwest and serde_json (`by_hand`). Higher is better. Processor time of the
//! importing program against the loop's: lower is better.
//!
//! Memory: the peak of a program that imports 10,000, 100,000 and 1,000,000 records, each size in a
//! process of its own, against that of the first. Lower is better.
//!
//! The service is a process of its own and keeps its records in memory, so that no disk adds to the time
//! of a request. Each run has a new one, which has all records in the end.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

mod by_hand;

use std::time::{Duration, Instant};

use clarify_core::{ClarifyObject as _, Client};
use clarify_server::Fault;
use clarify_tests::bench::{
    KEY, Load, Part, Request, Service, WORKSPACE, addr, builder, figure, peak_memory,
    processor_time, role, rounds, serve,
};
use clarify_tests::objects::SalesOrder;
use serde_json::Value;

/// How many batches are under way, and how many records each has.
const CONCURRENCY: u64 = 16;
const BATCH: u64 = 25;

const RECORDS: u64 = 100_000;

fn main() {
    match role() {
        Some((part, arguments)) if part == "serve" => {
            let latency = Duration::from_millis(arguments[0].parse().unwrap());
            let fault = (!latency.is_zero()).then(|| Fault::latency(latency));
            let builder = builder().register(SalesOrder::OBJECT);
            serve(fault.into_iter().fold(builder, |builder, fault| builder.fault(fault)))
        }
        Some((part, arguments)) => {
            let (url, count) = (&arguments[0], arguments[1].parse().unwrap());
            let began = Instant::now();
            if part == "import" {
                import(url, count)
            } else {
                write_by_hand(url, count)
            }
            let seconds = began.elapsed().as_secs_f64();
            println!("{seconds} {} {}", processor_time("self"), peak_memory("self"));
        }
        None => {
            for (latency, turns) in [(0, 5), (20, 3), (100, 1)] {
                rates(latency, turns);
            }
            memory();
        }
    }
}

/// What one run took.
struct Run {
    seconds: f64,
    processor: f64,
    peak: f64,
}

fn rates(latency: u64, turns: usize) {
    let (mut rate, mut processor) = (Vec::new(), Vec::new());
    for turn in 0..turns {
        let both = if turn.is_multiple_of(2) { ["import", "loop"] } else { ["loop", "import"] };
        let mut runs = both.map(|part| run(part, latency, RECORDS));
        if both[0] == "loop" {
            runs.reverse();
        }
        let [ours, by_hand] = runs;
        rate.push((RECORDS as f64 / ours.seconds, RECORDS as f64 / by_hand.seconds));
        processor.push((ours.processor, by_hand.processor));
    }
    if latency > 0 {
        let ideal = (CONCURRENCY * BATCH) as f64 / Duration::from_millis(latency).as_secs_f64();
        let against_ideal: Vec<_> = rate.iter().map(|(ours, _)| (*ours, ideal)).collect();
        rounds(format!("import_rate_of_ideal_{latency}ms"), &against_ideal, " records/s");
    }
    rounds(format!("import_rate_of_loop_{latency}ms"), &rate, " records/s");
    rounds(format!("import_processor_time_{latency}ms"), &processor, "s");
}

fn memory() {
    let mut first = None;
    for count in [10_000, 100_000, 1_000_000] {
        let Run { seconds, peak, .. } = run("import", 0, count);
        figure(format!("import_peak_memory_{count}"), peak, *first.get_or_insert(peak), "KiB");
        println!("# {count} records at {:.0} records/s", count as f64 / seconds);
    }
}

/// Has a new service written to, and sees that it has every record.
fn run(part: &str, latency: u64, count: u64) -> Run {
    let service = Service::start(&format!("serve {latency}"));
    let figures = Part::start(&format!("{part} {} {count}", service.url)).figures();
    let [seconds, processor, peak] = figures[..] else { panic!("a run prints three figures") };
    let path = format!("/v1/workspaces/{WORKSPACE}/objects/c_sales_order/resources?page[limit]=1");
    let list = Request::new("GET", &path, &format!("api-key {KEY}"), "");
    let page = Load::fetch(addr(&service.url), &[list]).remove(0).body;
    let page: Value = serde_json::from_slice(&page).unwrap();
    assert_eq!(page["meta"]["total_records"], count);
    Run { seconds, processor, peak }
}

#[tokio::main]
async fn import(url: &str, count: u64) {
    let client = Client::builder(WORKSPACE).api_key(KEY).base_url(url).build().unwrap();
    let source = (0..count).map(|number| SalesOrder::numbered(format!("SO-{number}")));
    let concurrency = usize::try_from(CONCURRENCY).unwrap();
    let import = client.records::<SalesOrder>().import(source).concurrency(concurrency);
    assert_eq!(import.await.unwrap().progress.created, count);
}

#[tokio::main]
async fn write_by_hand(url: &str, count: u64) {
    assert_eq!(by_hand::write(url, count).await.unwrap(), count);
}
