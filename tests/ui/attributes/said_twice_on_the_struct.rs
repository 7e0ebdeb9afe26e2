// Cause: The object is said twice.
// Cure: Keep one of them.
// Good: It is at the second, and names the argument.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "c_a", object = "c_b")]
struct SalesOrder {
    number: String,
}

fn main() {}
