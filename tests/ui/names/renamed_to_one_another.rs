// Cause: Two fields are renamed to one name.
// Cure: Give one of them another.
// Good: It names both fields.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename = "sum")]
    total: f64,
    #[clarify(rename = "sum")]
    amount: f64,
}

fn main() {}
