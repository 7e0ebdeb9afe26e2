// Cause: Two arguments stand without a comma.
// Cure: Put a comma between them.
// Good: It says where a value would go, at the second word.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique read_only)]
    number: String,
}

fn main() {}
