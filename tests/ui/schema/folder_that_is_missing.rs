// Cause: The snapshot is said to be where there is none.
// Cure: Write where it is, or make it.
// Good: It is said at the folder, and names the command that makes it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(schema = "schemas")]
struct Order {
    number: String,
}

fn main() {}
