// Cause: The object is said by a number.
// Cure: Write its name as a text.
// Good: It shows an object as a text, at the number.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = 5)]
struct SalesOrder {
    total: f64,
}

fn main() {}
