// Cause: A list is sorted by a field, without a word of which way.
// Cure: `SalesOrder::TOTAL.asc()`, or `desc()`.
// Good: It shows how an order is said.

use clarify_core::Client;

include!("../objects.rs");

fn example(client: &Client) {
    let _ = client.records::<SalesOrder>().list().sort(SalesOrder::TOTAL);
}

fn main() {}
