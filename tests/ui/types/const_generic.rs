// Cause: An object's struct has a const parameter.
// Cure: Write out the type of every field.
// Good: It is at the parameter.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder<const N: usize> {
    number: String,
}

fn main() {}
