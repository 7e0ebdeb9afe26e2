// Cause: An argument is said twice.
// Cure: Keep one of them.
// Good: It is at the second one.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique, unique)]
    order_number: String,
}

fn main() {}
