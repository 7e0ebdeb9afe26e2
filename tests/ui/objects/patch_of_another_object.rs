// Cause: A record is updated with a patch of another object.
// Cure: Use a patch of its own.
// Good: It says that the patch is another object's.

use clarify_core::{ClarifyObject, Client, Patch, RecordId};

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

fn example(client: &Client, id: RecordId<Person>) {
    let patch = Patch::new().set(Company::NAME, "CERN");
    let _ = client.records::<Person>().update(id, patch);
}

fn main() {}
