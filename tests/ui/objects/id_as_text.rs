// Cause: A text stands for an id.
// Cure: Say which object it is of: `RecordId::<Person>::new(text)`.
// Good: It shows how a text becomes an id.

use clarify_core::{ClarifyObject, Client};

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    name: Option<String>,
    email_addresses: Vec<String>,
    title: Option<String>,
}

fn example(client: &Client) {
    let _ = client.records::<Person>().get("per_1");
}

fn main() {}
