// Cause: A batch of another object is upserted.
// Cure: Use a batch of its own.
// Good: It says that the batch is of another type.

use clarify_core::{Batch, Client};

include!("../objects.rs");

fn example(client: &Client, batch: Batch<Company>) {
    let _ = client.records::<SalesOrder>().bulk_upsert(&batch);
}

fn main() {}
