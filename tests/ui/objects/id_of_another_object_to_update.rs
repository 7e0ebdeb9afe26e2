// Cause: A record is updated by an id of another object.
// Cure: Use an id of its own.
// Good: It says that the id is another object's.

use clarify_core::{Client, Patch};

include!("../objects.rs");

fn example(client: &Client, id: RecordId<Company>) {
    let patch = Patch::new().set(SalesOrder::TOTAL, 5.0);
    let _ = client.records::<SalesOrder>().update(&id, patch);
}

fn main() {}
