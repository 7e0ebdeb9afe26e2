// Cause: A value stands in parentheses and not behind `=`.
// Cure: Write `rename = "…"`.
// Good: It says where the value goes, at the value.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename("sum"))]
    total: f64,
}

fn main() {}
