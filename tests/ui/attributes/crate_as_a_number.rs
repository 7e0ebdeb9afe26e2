// Cause: The crate is said by a number.
// Cure: Write the path to it.
// Good: It says that a path is needed, at the number.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(crate = 5)]
struct SalesOrder {
    total: f64,
}

fn main() {}
