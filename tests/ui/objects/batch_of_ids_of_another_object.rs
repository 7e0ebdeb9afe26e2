// Cause: Records are deleted by ids of another object.
// Cure: Use ids of their own object.
// Good: It says that the ids are another object's.

use clarify_core::{Batch, ClarifyObject, Client, RecordId};

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

fn example(client: &Client, batch: Batch<RecordId<Company>>) {
    let _ = client.records::<Person>().bulk_delete(&batch);
}

fn main() {}
