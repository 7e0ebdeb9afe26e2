// Cause: A batch has patches of another object.
// Cure: Use patches of its own.
// Good: It says that the patch is another object's.

use clarify_core::{Batch, Client, Patch};

include!("../objects.rs");

fn example(client: &Client, id: RecordId<SalesOrder>) {
    let batch = Batch::of([(id, Patch::new().clear(Company::NAME))]);
    let _ = client.records::<SalesOrder>().bulk_update(&batch);
}

fn main() {}
