// Cause: The attribute stands without arguments.
// Cure: Write the argument in parentheses.
// Good: It shows the form at the attribute.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify]
    total: f64,
}

fn main() {}
