// Cause: A flag is given a value.
// Cure: Write the word alone.
// Good: It says so, at the value.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique = true)]
    order_number: String,
}

fn main() {}
