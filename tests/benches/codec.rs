//! What turning records into JSON and back costs: `cargo bench -p clarify-tests --bench codec`.
//!
//! A page of 1000 records is decoded and a batch of 25 is encoded, by the client and by serde's derives
//! on types that were written by hand for it, over `serde_json`. Times are the least of many turns,
//! which the two take in alternation; allocations are counted. Lower is better.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

use std::hint::black_box;
use std::time::Instant;

use allocation_counter::measure;
use clarify_core::Batch;
use clarify_tests::bench::codec::{self, Order, by_hand};
use clarify_tests::bench::figure;

const TURNS: usize = 400;

fn main() {
    let (call, page) = (codec::list(), codec::page(1000));
    assert_eq!(codec::read(codec::decode(&call, &page)), by_hand::read(by_hand::decode(&page)));
    compare(
        "decode_1000",
        1,
        || drop(black_box(codec::decode(&call, black_box(&page)))),
        || drop(black_box(by_hand::decode(black_box(&page)))),
    );

    let orders: Vec<_> = (0..25).map(Order::numbered).collect();
    let sent: Vec<_> = orders.iter().map(by_hand::Order::of).collect();
    let batch = Batch::try_from(orders).unwrap();
    let json = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).unwrap();
    assert_eq!(json(&codec::encode(&batch)), json(&by_hand::encode(&sent)));
    compare(
        "encode_25",
        40,
        || drop(black_box(codec::encode(black_box(&batch)))),
        || drop(black_box(by_hand::encode(black_box(&sent)))),
    );
}

/// Prints the time and the allocations of one run of each.
fn compare(name: &str, runs: usize, ours: impl Fn(), baseline: impl Fn()) {
    let (mut our_time, mut base_time) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..TURNS {
        our_time = our_time.min(time(runs, &ours));
        base_time = base_time.min(time(runs, &baseline));
    }
    figure(format!("{name}_time"), our_time, base_time, "us");
    let counted = |run: &dyn Fn()| measure(run).count_total as f64;
    figure(format!("{name}_allocations"), counted(&ours), counted(&baseline), "");
}

/// The microseconds that one run takes, of some that follow each other.
fn time(runs: usize, run: impl Fn()) -> f64 {
    let began = Instant::now();
    (0..runs).for_each(|_| run());
    began.elapsed().as_secs_f64() * 1e6 / runs as f64
}
