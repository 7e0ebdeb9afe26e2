// Cause: An argument of variants stands on a field.
// Cure: Move it to the variant of the select.
// Good: It says where the argument belongs.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(other)]
    status: String,
}

fn main() {}
