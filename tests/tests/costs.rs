//! What records cost, as far as it can be counted: the short form of the benchmark `codec`. Nothing
//! that is timed decides. The lines that the derive emits are counted in its own tests.

use std::hint::black_box;

use allocation_counter::measure;
use clarify_core::Batch;
use clarify_tests::bench::codec::{self, Order, by_hand};

/// The allocations of one run.
fn allocations(run: impl FnOnce()) -> u64 {
    measure(run).count_total
}

#[test]
fn a_page_is_decoded_with_fewer_allocations_than_by_hand() {
    let (call, page) = (codec::list(), codec::page(200));
    assert_eq!(codec::read(codec::decode(&call, &page)), by_hand::read(by_hand::decode(&page)));
    let ours = allocations(|| drop(black_box(codec::decode(&call, &page))));
    let by_hand = allocations(|| drop(black_box(by_hand::decode(&page))));
    // The texts of ids need none.
    assert!(ours * 100 <= by_hand * 85, "{ours} allocations, and {by_hand} by hand");
}

#[test]
fn a_batch_is_encoded_into_one_body() {
    let orders: Vec<_> = (0..25).map(Order::numbered).collect();
    let by_hand: Vec<_> = orders.iter().map(by_hand::Order::of).collect();
    let batch = Batch::try_from(orders).unwrap();
    let json = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).unwrap();
    assert_eq!(json(&codec::encode(&batch)), json(&by_hand::encode(&by_hand)));
    let ours = allocations(|| drop(black_box(codec::encode(&batch))));
    let by_hand = allocations(|| drop(black_box(by_hand::encode(&by_hand))));
    assert!(ours <= by_hand + 2, "{ours} allocations, and {by_hand} by hand");
}
