// Cause: The extra field is a text.
// Cure: Use a map of JSON values.
// Good: It says which maps there are, on the type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    #[clarify(extra)]
    rest: Vec<String>,
}

fn main() {}
