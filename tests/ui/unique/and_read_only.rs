// Cause: A unique field is read-only.
// Cure: Keep one of them.
// Good: It says why both can't be: an upsert sends it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique, read_only)]
    number: String,
}

fn main() {}
