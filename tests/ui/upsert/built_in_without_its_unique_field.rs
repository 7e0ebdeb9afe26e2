// Cause: A person without e-mail addresses is upserted.
// Cure: Give the struct the built-in's unique field.
// Good: It says that a unique field is needed.

use clarify_core::{ClarifyObject, Client};

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    name: Option<String>,
}

fn example(client: &Client, person: &Person) {
    let _ = client.records::<Person>().upsert(person);
}

fn main() {}
