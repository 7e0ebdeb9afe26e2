// Cause: Two fields are unique.
// Cure: Mark the one that upserts match on.
// Good: It names the first, at the second.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique)]
    order_number: String,
    #[clarify(unique)]
    invoice_number: String,
}

fn main() {}
