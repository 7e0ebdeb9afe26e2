// Cause: A batch changes records of another object.
// Cure: Use ids and patches of its own.
// Good: It says that the id is another object's.

use clarify_core::{Batch, Client, Patch};

include!("../objects.rs");

fn example(client: &Client, id: RecordId<Company>) {
    let batch = Batch::of([(id, Patch::new().set(SalesOrder::TOTAL, 5.0))]);
    let _ = client.records::<SalesOrder>().bulk_update(&batch);
}

fn main() {}
