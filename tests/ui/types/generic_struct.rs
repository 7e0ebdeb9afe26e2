// Cause: An object's struct is generic.
// Cure: Write out the type of every field.
// Good: It is at the parameter.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder<T> {
    order_number: T,
}

fn main() {}
