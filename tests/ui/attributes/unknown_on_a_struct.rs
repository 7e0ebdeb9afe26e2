// Cause: A struct has an argument that there is not.
// Cure: Use one that the help lists.
// Good: It lists what a struct can have.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(name = "person")]
struct Contact {
    title: Option<String>,
}

fn main() {}
