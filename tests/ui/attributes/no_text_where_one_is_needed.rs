// Cause: Arguments that need a text have none.
// Cure: Write the text behind `=`.
// Good: It shows each argument with a text.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename)]
    order_number: String,
    #[clarify(kind = currency)]
    total: f64,
}

fn main() {}
