// Cause: Another field of `person` than its own unique one is marked.
// Cure: Mark its own, or none.
// Good: It names the field that the built-in is matched on.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Thing {
    #[clarify(unique)]
    title: Option<String>,
}

fn main() {}
