// Cause: Types of three fields are not of the workspace's kinds.
// Cure: Use the types that the messages name.
// Good: Each is said at its type, with the kind that the workspace has and the types that hold it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    placed_on: Option<String>,
    amount: Option<bool>,
    contacts: Option<String>,
}

fn main() {}
