// Cause: A record of another object stands for an id.
// Cure: Use a record or an id of its own.
// Good: It says that the id is another object's.

use clarify_core::{Client, Record};

include!("../objects.rs");

fn example(client: &Client, record: Record<Company>) {
    let _ = client.records::<SalesOrder>().get(&record);
}

fn main() {}
