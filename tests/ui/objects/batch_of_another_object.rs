// Cause: A batch of another object is created.
// Cure: Use a batch of its own records.
// Good: It says that the batch is of another type.

use clarify_core::{Batch, ClarifyObject, Client};

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    name: Option<String>,
    email_addresses: Vec<String>,
    title: Option<String>,
}

#[derive(ClarifyObject)]
#[clarify(object = "company")]
struct Company {
    name: Option<String>,
    domains: Vec<String>,
}

fn example(client: &Client, batch: Batch<Company>) {
    let _ = client.records::<Person>().bulk_create(&batch);
}

fn main() {}
