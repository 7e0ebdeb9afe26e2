// Cause: Another field of `deal` than its own unique one is marked.
// Cure: Mark its own, or none.
// Good: It names the field that the built-in is matched on.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "deal")]
struct Thing {
    #[clarify(unique)]
    amount: Option<f64>,
}

fn main() {}
