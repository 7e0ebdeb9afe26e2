// Cause: Another field of a built-in than its own unique one is marked.
// Cure: Mark its own, or none.
// Good: It names the field that the built-in is matched on.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    email_addresses: Vec<String>,
    #[clarify(unique)]
    linkedin: Option<String>,
}

fn main() {}
