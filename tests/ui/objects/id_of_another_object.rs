// Cause: A record is asked for by an id of another object.
// Cure: Use an id of its own.
// Good: It says that the id is another object's.

use clarify_core::{ClarifyObject, Client, RecordId};

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

fn example(client: &Client, id: RecordId<Company>) {
    let _ = client.records::<Person>().get(&id);
}

fn main() {}
