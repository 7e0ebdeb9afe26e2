//! What an import costs: `cargo bench -p clarify-tests --bench import`.
//!
//! Rate: 100,000 generated orders, 16 batches under way, with 0, 20 and 100 ms added to each request by
//! the service, against what those times alone would allow, batches × latency ÷ 16, and against a loop
//! written by hand with reqwest and serde_json (`by_hand`). Higher is better. Processor time of the
//! importing program against the loop's: lower is better.
//!
//! The ideal has no place for the service's own work. What that leaves of it is measured by who has every
//! request ready and reads no answer: an import that gets as much adds nothing.
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

use clarify_core::request::Calls;
use clarify_core::{Batch, ClarifyObject as _, Client};
use clarify_server::Fault;
use clarify_tests::bench::{
    KEY, Load, Part, Request, Service, WORKSPACE, addr, builder, figure, median,
    own_processor_time, peak_memory, role, rounds, serve,
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
            let seconds = match &*part {
                "import" => timed(|| import(url, count)),
                "loop" => timed(|| write_by_hand(url, count)),
                _ => send_ready(url, count),
            };
            println!("{seconds} {} {}", own_processor_time(), peak_memory("self"));
        }
        None => {
            rates(0, 5);
            rates(20, 5);
            ready(20, 3);
            rates(100, 3);
            memory();
        }
    }
}

fn timed(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64()
}

/// What one run took.
struct Run {
    seconds: f64,
    processor: f64,
    peak: f64,
}

impl Run {
    fn rate(&self) -> f64 {
        RECORDS as f64 / self.seconds
    }
}

/// The import and the loop, which take turns at being the first.
fn rates(latency: u64, turns: usize) {
    let runs: Vec<_> = (0..turns).map(|turn| both(latency, turn % 2 == 1)).collect();
    let pairs = |of: fn(&[Run; 2]) -> (f64, f64)| runs.iter().map(of).collect::<Vec<_>>();
    if latency > 0 {
        let ours: Vec<_> = runs.iter().map(|[ours, _]| (ours.rate(), ideal(latency))).collect();
        rounds(format!("import_rate_of_ideal_{latency}ms"), &ours, " records/s");
    }
    let of_loop = pairs(|[ours, by_hand]| (ours.rate(), by_hand.rate()));
    rounds(format!("import_rate_of_loop_{latency}ms"), &of_loop, " records/s");
    let processor = pairs(|[ours, by_hand]| (ours.processor, by_hand.processor));
    rounds(format!("import_processor_time_{latency}ms"), &processor, "s");
}

fn both(latency: u64, by_hand_first: bool) -> [Run; 2] {
    let [ours, by_hand] = ["import", "loop"].map(|part| move || run(part, latency, RECORDS));
    if by_hand_first {
        let by_hand = by_hand();
        return [ours(), by_hand];
    }
    [ours(), by_hand()]
}

/// Records a second, if there were nothing but the latency.
fn ideal(latency: u64) -> f64 {
    (CONCURRENCY * BATCH) as f64 / Duration::from_millis(latency).as_secs_f64()
}

fn ready(latency: u64, turns: usize) {
    let of_ideal = |_| run("ready", latency, RECORDS).rate() / ideal(latency);
    let middle = median((0..turns).map(of_ideal).collect());
    println!("# of the ideal with {latency} ms, requests that are ready get {middle:.3}");
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

/// What no client does better: every request is ready, and no answer is read but for its status.
/// Tells the seconds that sending took.
fn send_ready(url: &str, count: u64) -> f64 {
    let calls = Calls::<SalesOrder>::new();
    let orders = (0..count).map(|number| SalesOrder::numbered(format!("SO-{number}")));
    let path = format!("/v1/workspaces/{WORKSPACE}/objects/c_sales_order/records/bulk");
    let request = |batch| {
        let call = calls.bulk_upsert(&batch).unwrap();
        let body = std::str::from_utf8(&call.body).unwrap();
        Request::new("POST", &path, &format!("api-key {KEY}"), body)
    };
    let requests = Batch::split(orders).map(request).collect();
    let connections = usize::try_from(CONCURRENCY).unwrap();
    Load { addr: addr(url).to_owned(), connections, requests }.send(201).seconds
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
