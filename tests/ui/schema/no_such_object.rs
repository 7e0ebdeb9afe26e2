// Cause: The workspace has no object of this name.
// Cure: Write the name that the message asks for.
// Good: It is said at the name, and asks for the one that was meant.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "c_oder")]
struct Order {
    number: String,
}

fn main() {}
