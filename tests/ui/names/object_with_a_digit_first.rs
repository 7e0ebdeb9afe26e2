// Cause: The object's name begins with a digit.
// Cure: Begin with a letter.
// Good: It says how a name begins.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "c_2nd")]
struct SalesOrder {
    a: f64,
}

fn main() {}
