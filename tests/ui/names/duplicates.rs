// Cause: Two fields have one name on the wire.
// Cure: Give one of them another.
// Good: It names both fields.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    #[clarify(rename = "order_number")]
    number: String,
}

fn main() {}
