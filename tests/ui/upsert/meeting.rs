// Cause: A meeting is upserted.
// Cure: Use `create`.
// Good: It says that there is nothing to match on, and what to use.

use clarify_core::{ClarifyObject, Client};

#[derive(ClarifyObject)]
#[clarify(object = "meeting")]
struct Meeting {
    title: Option<String>,
}

fn example(client: &Client, meeting: &Meeting) {
    let _ = client.records::<Meeting>().upsert(meeting);
}

fn main() {}
