// Cause: The struct has a field that the workspace has nothing like.
// Cure: Add the field to the workspace, or read its schema anew.
// Good: It names both commands, as either side may be the newer one.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    warehouse: Option<String>,
}

fn main() {}
