// Cause: A record is updated with the struct as it is to become.
// Cure: `Patch::between(&record.attributes, &order)`, which changes what differs and no more.
// Good: It names `Patch::between`.

use clarify_core::{Client, Record};

include!("../objects.rs");

fn example(client: &Client, record: &Record<SalesOrder>, order: SalesOrder) {
    let _ = client.records::<SalesOrder>().update(record, order);
}

fn main() {}
