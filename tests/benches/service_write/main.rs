//! What durable writes cost: `cargo bench -p clarify-tests --bench service_write`.
//!
//! Companies of five fields over HTTP, in batches of 25 by 16 connections and one by one by 64, against
//! SQLite by itself, in the same tables, with a commit for each batch and each single record; both with
//! `synchronous=FULL`, and batches with `NORMAL` as well. Every match changes a value. Service, load and
//! baseline are processes of their own, and take turns. Figures are records in a second, medians of
//! rounds; higher is better. In the end both files have the same records.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

mod raw;

use std::path::{Path, PathBuf};

use clarify_server::Synchronous;
use clarify_tests::bench::{
    Load, Part, Request, Service, addr, builder, resource, role, rounds, serve, sync_time,
};

/// How many times both sides take turns.
const ROUNDS: u64 = 7;

/// How many records a round writes in batches, and one by one.
const IN_BATCHES: u64 = 40_000;
const SINGLE: u64 = 3_000;

const BATCH: usize = 25;

fn main() {
    match role() {
        Some((part, arguments)) if part == "serve" => {
            serve(builder().data(&arguments[0]).synchronous(level(&arguments[1])))
        }
        Some((part, arguments)) => {
            let work = Work::read(&arguments[1..]);
            let seconds = match &*part {
                "raw" => raw::write(Path::new(&arguments[0]), &work),
                _ => send(&arguments[0], &work),
            };
            println!("{seconds}");
        }
        None => compare(),
    }
}

fn compare() {
    let folder = tempfile::tempdir().unwrap();
    println!("# the disk keeps a page in {:.3} ms", sync_time(folder.path()));
    for synchronous in [Synchronous::Full, Synchronous::Normal] {
        let sides = Sides::start(folder.path(), synchronous);
        let name = synchronous.name();
        let (mut new, mut matched, mut single) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let work = Work {
                synchronous,
                first: round * IN_BATCHES,
                count: IN_BATCHES,
                size: BATCH,
                round: 0,
            };
            new.push(sides.turn(&work));
            matched.push(sides.turn(&Work { round: round + 1, ..work }));
        }
        rounds(format!("service_write_new_{name}"), &new, " records/s");
        rounds(format!("service_write_matched_{name}"), &matched, " records/s");
        if synchronous == Synchronous::Full {
            let behind = ROUNDS * IN_BATCHES;
            for round in 0..ROUNDS {
                let first = behind + round * SINGLE;
                single.push(sides.turn(&Work {
                    synchronous,
                    first,
                    count: SINGLE,
                    size: 1,
                    round: 0,
                }));
            }
            rounds(format!("service_write_single_{name}"), &single, " records/s");
        }
        sides.check();
    }
}

/// Some records to write.
#[derive(Clone, Copy)]
struct Work {
    synchronous: Synchronous,
    first: u64,
    count: u64,
    /// How many are written at once.
    size: usize,
    /// Which state of each; what is written again changes.
    round: u64,
}

impl Work {
    fn words(&self) -> String {
        let Self { synchronous, first, count, size, round } = self;
        format!("{} {first} {count} {size} {round}", synchronous.name())
    }

    fn read(words: &[String]) -> Self {
        let number = |at: usize| words[at].parse().unwrap();
        let size = usize::try_from(number(3)).unwrap();
        let (first, count, round) = (number(1), number(2), number(4));
        Self { synchronous: level(&words[0]), first, count, size, round }
    }

    /// The numbers of the records, as many together as are written at once.
    fn batches(&self) -> Vec<Vec<u64>> {
        let numbers: Vec<_> = (self.first..self.first + self.count).collect();
        numbers.chunks(self.size).map(<[_]>::to_vec).collect()
    }
}

fn level(name: &str) -> Synchronous {
    if name == "normal" { Synchronous::Normal } else { Synchronous::Full }
}

/// The service and the baseline, each with a file.
struct Sides {
    service: Service,
    ours: PathBuf,
    raw: PathBuf,
}

impl Sides {
    fn start(folder: &Path, synchronous: Synchronous) -> Self {
        let path = |side| folder.join(format!("{side}_{}.db", synchronous.name()));
        let (ours, raw) = (path("ours"), path("raw"));
        // The baseline has the tables that the service makes.
        builder().data(&raw).start().unwrap().stop();
        let role = format!("serve {} {}", ours.display(), synchronous.name());
        Self { service: Service::start(&role), ours, raw }
    }

    /// Has both do the work, and gives the records that each wrote in a second.
    fn turn(&self, work: &Work) -> (f64, f64) {
        let words = work.words();
        let rate = |role: String| work.count as f64 / Part::start(&role).figures()[0];
        let ours = || rate(format!("send {} {words}", self.service.url));
        let raw = || rate(format!("raw {} {words}", self.raw.display()));
        if work.round.is_multiple_of(2) {
            (ours(), raw())
        } else {
            let raw = raw();
            (ours(), raw)
        }
    }

    /// That both files have the same records, by what they are matched on.
    fn check(self) {
        let Self { service, ours, raw } = self;
        drop(service);
        assert!(raw::content(&ours) == raw::content(&raw), "the files have other records");
    }
}

fn send(url: &str, work: &Work) -> f64 {
    let request = |numbers: Vec<u64>| {
        let resources = numbers.iter().map(|number| resource(*number, work.round));
        let resources = resources.collect::<Vec<_>>().join(",");
        match work.size {
            1 => Request::of_companies("POST", "/records", &format!("{{\"data\":{resources}}}")),
            _ => {
                let body = format!("{{\"data\":[{resources}]}}");
                Request::of_companies("POST", "/records/bulk", &body)
            }
        }
    };
    let requests = work.batches().into_iter().map(request).collect();
    let connections = if work.size == 1 { 64 } else { 16 };
    Load { addr: addr(url).to_owned(), connections, requests }.send(201).seconds
}
