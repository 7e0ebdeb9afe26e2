// Cause: A field is skipped and given a kind.
// Cure: Keep what is meant.
// Good: It names both arguments, at the one that has no use.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(skip, kind = "currency")]
    total: f64,
}

fn main() {}
