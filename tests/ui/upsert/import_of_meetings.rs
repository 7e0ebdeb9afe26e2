// Cause: Meetings are imported as if they could be matched.
// Cure: Use `import_new`.
// Good: It says that there is nothing to match on, and what to use.

use clarify_core::{ClarifyObject, Client};

#[derive(ClarifyObject)]
#[clarify(object = "meeting")]
struct Meeting {
    title: Option<String>,
}

fn example(client: &Client, meetings: Vec<Meeting>) {
    let _ = client.records::<Meeting>().import(meetings);
}

fn main() {}
