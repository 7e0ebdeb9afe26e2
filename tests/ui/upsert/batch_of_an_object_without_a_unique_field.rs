// Cause: A batch of an object without a unique field is upserted.
// Cure: Use `bulk_create`.
// Good: It says that there is nothing to match on.

use clarify_core::{Batch, ClarifyObject, Client};

#[derive(ClarifyObject)]
#[clarify(object = "meeting")]
struct Meeting {
    title: Option<String>,
    all_day: Option<bool>,
}

fn example(client: &Client) {
    let batch = Batch::of([Meeting { title: None, all_day: None }]);
    let _ = client.records::<Meeting>().bulk_upsert(&batch);
}

fn main() {}
