// Cause: Fields are named by texts.
// Cure: `SalesOrder::TOTAL.gt(12)` and `set(SalesOrder::TOTAL, 12)`.
// Good: It says that fields are constants, at each text.

use clarify_core::{Client, Patch};

include!("../objects.rs");

fn example(client: &Client) {
    let _ = client.records::<SalesOrder>().list().filter("total");
    let _ = Patch::<SalesOrder>::new().set("total", 12.0);
}

fn main() {}
