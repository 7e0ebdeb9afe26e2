//! What durable writes cost: `cargo bench -p clarify-tests --bench service_write`.
//!
//! Companies of five fields over HTTP, in batches of 25 by 16 connections and one by one by 64, against
//! SQLite by itself, in the same tables, with a commit for each batch and each single record; both with
//! `synchronous=FULL`, and batches with `NORMAL` as well. Every match changes a value. Service, load and
//! baseline are processes of their own, and take turns. Figures are records in a second, medians of
//! rounds; higher is better. `processor` is the time that the service, and the baseline, take of a
//! processor for a record: lower is better. In the end both files have the same records.
//!
//! Lines that begin with `#` say how much of all processors' time service and load take together, `busy`.
//! Of the rest some is waited for: for the disk, and since records are written by one thread, while the
//! batches of the commit before are answered and the next ones read.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

mod raw;

use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use clarify_server::Synchronous;
use clarify_tests::bench::{
    Load, Part, Request, Service, addr, builder, median, processor_time, resource, role, rounds,
    serve, sync_time,
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
            match &*part {
                "raw" => raw::write(Path::new(&arguments[0]), &work),
                _ => println!("{}", send(&arguments[0], &work)),
            }
        }
        None => compare(),
    }
}

fn compare() {
    let folder = tempfile::tempdir().unwrap();
    println!("# the disk keeps a page in {:.3} ms", sync_time(folder.path()));
    for synchronous in [Synchronous::Full, Synchronous::Normal] {
        let sides = Sides::start(folder.path(), synchronous);
        in_batches(&sides, synchronous);
        if synchronous == Synchronous::Full {
            one_by_one(&sides);
        }
        sides.check();
    }
}

fn in_batches(sides: &Sides, synchronous: Synchronous) {
    let (mut new, mut matched) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (first, count, size) = (round * IN_BATCHES, IN_BATCHES, BATCH);
        let work = Work { synchronous, first, count, size, round: 0 };
        new.push(sides.turn(&work));
        matched.push(sides.turn(&Work { round: round + 1, ..work }));
    }
    report(&format!("new_{}", synchronous.name()), &new);
    report(&format!("matched_{}", synchronous.name()), &matched);
}

fn one_by_one(sides: &Sides) {
    let synchronous = Synchronous::Full;
    let turns = (0..ROUNDS).map(|round| {
        let first = ROUNDS * IN_BATCHES + round * SINGLE;
        sides.turn(&Work { synchronous, first, count: SINGLE, size: 1, round: 0 })
    });
    report("single_full", &turns.collect::<Vec<_>>());
}

/// Records in a second, and the processor time of each; load generators not counted.
fn report(name: &str, turns: &[Turn]) {
    let pairs = |of: fn(&Turn) -> (f64, f64)| turns.iter().map(of).collect::<Vec<_>>();
    rounds(format!("service_write_{name}"), &pairs(|turn| turn.rate), " records/s");
    rounds(format!("service_write_{name}_processor"), &pairs(|turn| turn.processor), " us");
    let busy = median(turns.iter().map(|turn| turn.busy).collect());
    println!("# service_write_{name}_busy {busy:.2}");
}

/// What both sides have done: ours, then the baseline.
struct Turn {
    rate: (f64, f64),
    /// Microseconds for each record.
    processor: (f64, f64),
    /// Which part of the processors' time service and load took.
    busy: f64,
}

/// What one side has done.
struct Written {
    rate: f64,
    processor: f64,
    busy: f64,
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

    /// What it took: of the clock, of a processor, and of one for the load.
    fn written(&self, seconds: f64, processor: f64, load: f64) -> Written {
        let (count, processors) = (self.count as f64, available_parallelism().unwrap().get());
        let busy = (processor + load) / seconds / processors as f64;
        Written { rate: count / seconds, processor: processor / count * 1e6, busy }
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

    /// Has both do the work, each round another one first.
    fn turn(&self, work: &Work) -> Turn {
        let (ours, raw) = if work.round.is_multiple_of(2) {
            (self.ours(work), self.raw(work))
        } else {
            let raw = self.raw(work);
            (self.ours(work), raw)
        };
        let (rate, processor) = ((ours.rate, raw.rate), (ours.processor, raw.processor));
        Turn { rate, processor, busy: ours.busy }
    }

    fn ours(&self, work: &Work) -> Written {
        let before = processor_time(self.service.id());
        let mut load = Part::start(&format!("send {} {}", self.service.url, work.words()));
        let seconds = load.figures()[0];
        let processor = processor_time(self.service.id()) - before;
        work.written(seconds, processor, processor_time(load.id()))
    }

    fn raw(&self, work: &Work) -> Written {
        let role = format!("raw {} {}", self.raw.display(), work.words());
        let figures = Part::start(&role).figures();
        work.written(figures[0], figures[1], 0.0)
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
