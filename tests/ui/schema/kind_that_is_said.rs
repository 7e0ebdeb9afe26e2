// Cause: A field is said to be of a kind that the workspace has otherwise.
// Cure: Write the workspace's kind.
// Good: It is said at the kind, and shows what to write.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    #[clarify(kind = "domains")]
    labels: Vec<String>,
}

fn main() {}
