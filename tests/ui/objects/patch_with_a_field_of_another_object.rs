// Cause: A patch sets a field of another object.
// Cure: Use a field of its own.
// Good: It says whose the field is, at the field.

use clarify_core::{ClarifyObject, Patch};

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

fn example() {
    let _ = Patch::<Person>::new().set(Company::NAME, "CERN");
}

fn main() {}
