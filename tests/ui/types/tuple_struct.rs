// Cause: A tuple struct derives an object.
// Cure: Name the fields.
// Good: It says what an object is made of.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder(String, f64);

fn main() {}
