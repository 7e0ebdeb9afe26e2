// Cause: An argument of fields stands on the struct.
// Cure: Move it to the field.
// Good: It says where the argument belongs.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(unique)]
struct SalesOrder {
    number: String,
}

fn main() {}
