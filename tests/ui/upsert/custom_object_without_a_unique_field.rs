// Cause: A custom object without a unique field is upserted.
// Cure: Mark the field with `#[clarify(unique)]`, or use `create`.
// Good: It gives both ways out.

use clarify_core::{ClarifyObject, Client};

#[derive(ClarifyObject)]
struct Product {
    name: String,
}

fn example(client: &Client) {
    let _ = client.records::<Product>().upsert(&Product { name: String::new() });
}

fn main() {}
