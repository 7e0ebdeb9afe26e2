// Cause: Three fields are unique.
// Cure: Mark the one that upserts match on.
// Good: Each one too many is reported.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique)]
    a: String,
    #[clarify(unique)]
    b: String,
    #[clarify(unique)]
    c: String,
}

fn main() {}
