// Cause: A value is missing behind `=`.
// Cure: Write the text.
// Good: It names the argument that lacks its text.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename = )]
    total: f64,
}

fn main() {}
