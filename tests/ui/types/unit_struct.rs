// Cause: A struct without fields in braces derives an object.
// Cure: Give it named fields.
// Good: It says what an object is made of.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder;

fn main() {}
