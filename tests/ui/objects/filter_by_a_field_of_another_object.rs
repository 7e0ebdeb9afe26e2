// Cause: A list is filtered by a field of another object.
// Cure: Use a field of its own.
// Good: It says whose the field is, at the condition.

use clarify_core::{ClarifyObject, Client};

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

fn example(client: &Client) {
    let _ = client.records::<Person>().list().filter(Company::NAME.is("CERN"));
}

fn main() {}
