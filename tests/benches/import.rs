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

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use clarify_core::{ClarifyObject as _, Client};
use clarify_server::Server;
use clarify_tests::objects::SalesOrder;

/// What this process is for: the benchmark starts itself again in these parts.
const ROLE: &str = "CLARIFY_BENCH_ROLE";

fn main() {
    match std::env::var(ROLE).ok().as_deref().map(|role| role.split_once(' ').unwrap_or((role, "")))
    {
        Some(("serve", path)) => serve(path),
        Some(("import", arguments)) => import(arguments),
        _ => memory(),
    }
}

fn memory() {
    let mut first = None;
    for count in [10_000, 100_000, 1_000_000] {
        let folder = tempfile::tempdir().unwrap();
        let mut service = part(&format!("serve {}", folder.path().join("records.db").display()));
        let url = line(&mut service);
        let mut client = part(&format!("import {url} {count}"));
        let answer = line(&mut client);
        let figures: Vec<f64> = answer.split(' ').map(|figure| figure.parse().unwrap()).collect();
        assert!(client.wait().unwrap().success());
        service.kill().unwrap();
        let _ = service.wait();
        let [peak, rate] = figures[..] else { panic!("{answer}") };
        let baseline = *first.get_or_insert(peak);
        println!(
            "import_peak_memory_{count} ours={peak}KiB baseline={baseline}KiB ratio={:.2}",
            peak / baseline
        );
        println!("# {count} records at {rate:.0} records/s");
    }
}

/// This program again, as one of its parts.
fn part(role: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .env(ROLE, role)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The first line that a part prints. The rest stays unread: there is none.
fn line(part: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(part.stdout.take().unwrap()).read_line(&mut line).unwrap();
    line.trim().to_owned()
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
async fn import(arguments: &str) {
    let (url, count) = arguments.split_once(' ').unwrap();
    let count: u64 = count.parse().unwrap();
    let client = Client::builder("acme").api_key("secret").base_url(url).build().unwrap();
    let began = Instant::now();
    let source = (0..count).map(|number| SalesOrder::numbered(format!("SO-{number}")));
    let report = client.records::<SalesOrder>().import(source).concurrency(16).await.unwrap();
    assert_eq!(report.progress.created, count);
    println!("{} {}", peak(), count as f64 / began.elapsed().as_secs_f64());
}

/// The most memory that this process has had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
