// Cause: Two fields differ in case alone.
// Cure: Let the names differ in more.
// Good: It names both, and the constant that they would share.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[allow(non_snake_case)]
struct SalesOrder {
    total: f64,
    Total: f64,
}

fn main() {}
