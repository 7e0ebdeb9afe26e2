// Cause: A field that may be without a value is no `Option`.
// Cure: Make it an `Option`.
// Good: It says what may arrive, before a record arrives that does not fit.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    amount: f64,
}

fn main() {}
