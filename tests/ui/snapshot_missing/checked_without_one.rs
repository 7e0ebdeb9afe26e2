// Cause: A struct that must be checked, and no snapshot.
// Cure: Make the snapshot, or take `checked` away.
// Good: It names the command that makes it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(checked)]
struct Order {
    number: String,
}

fn main() {}
