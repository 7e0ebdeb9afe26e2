// Cause: Names hold characters that no field's name can hold.
// Cure: Say another name on the wire.
// Good: It shows the character, at each name.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename = "order-number")]
    order_number: String,
    größe: f64,
    #[clarify(rename = "")]
    empty: f64,
}

fn main() {}
