// Cause: A record of an object without a unique field is upserted.
// Cure: Use `create`.
// Good: It says that there is nothing to match on, and what to use.

use clarify_core::{ClarifyObject, Client};

#[derive(ClarifyObject)]
#[clarify(object = "meeting")]
struct Meeting {
    title: Option<String>,
    all_day: Option<bool>,
}

fn example(client: &Client) {
    let _ = client.records::<Meeting>().upsert(&Meeting { title: None, all_day: None });
}

fn main() {}
