// Cause: A field of free JSON is compared.
// Cure: Ask whether it is empty.
// Good: It says what such fields have.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    place: Option<serde_json::Value>,
}

fn example(place: serde_json::Value) {
    let _ = SalesOrder::PLACE.is(place);
}

fn main() {}
