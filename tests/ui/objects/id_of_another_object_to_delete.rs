// Cause: A record is deleted by an id of another object.
// Cure: Use an id of its own.
// Good: It says that the id is another object's.

use clarify_core::{Client};

include!("../objects.rs");

fn example(client: &Client, id: RecordId<Company>) {
    let _ = client.records::<SalesOrder>().delete(id);
}

fn main() {}
