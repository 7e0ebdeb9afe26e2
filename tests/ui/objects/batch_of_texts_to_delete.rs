// Cause: Records are deleted by texts.
// Cure: Say which object's ids they are.
// Good: It shows how a text becomes an id.

use clarify_core::{Batch, Client};

include!("../objects.rs");

fn example(client: &Client) {
    let _ = client.records::<SalesOrder>().bulk_delete(&Batch::of(["rec_1"]));
}

fn main() {}
