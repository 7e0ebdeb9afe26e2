// Cause: The object's name is the prefix alone.
// Cure: Write a name behind it.
// Good: It says that nothing is left of the name.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "c_")]
struct SalesOrder {
    a: f64,
}

fn main() {}
