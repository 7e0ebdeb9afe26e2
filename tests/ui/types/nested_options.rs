// Cause: A field is an option in an option.
// Cure: Take one away.
// Good: It says why one is enough, on the type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    total: Option<Option<f64>>,
}

fn main() {}
