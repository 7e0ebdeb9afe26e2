// Cause: A field is marked as unique, and the workspace's object has no unique field.
// Cure: Take the mark away.
// Good: It says that nothing is matched on, and what to do instead.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Line {
    #[clarify(unique)]
    sku: String,
    quantity: f64,
}

fn main() {}
