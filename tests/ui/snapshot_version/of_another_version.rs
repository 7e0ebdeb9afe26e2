// Cause: The snapshot was made by another version.
// Cure: Make it anew.
// Good: It says which form it has and which is known, and the command that mends it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    number: String,
}

fn main() {}
