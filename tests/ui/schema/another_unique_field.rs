// Cause: Another field than the workspace's is marked as unique.
// Cure: Mark the workspace's, or none.
// Good: It names the field that upserts match on.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    number: String,
    #[clarify(unique)]
    title: Option<String>,
}

fn main() {}
