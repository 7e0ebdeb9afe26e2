// Cause: Another field of `company` than its own unique one is marked.
// Cure: Mark its own, or none.
// Good: It names the field that the built-in is matched on.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "company")]
struct Thing {
    #[clarify(unique)]
    name: Option<String>,
}

fn main() {}
