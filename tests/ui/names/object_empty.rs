// Cause: The object's name is empty.
// Cure: Write it.
// Good: It lists the built-ins, and shows a custom name.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "")]
struct SalesOrder {
    a: f64,
}

fn main() {}
