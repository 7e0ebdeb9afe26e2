// Cause: A checkbox that a record may be without is a `bool`.
// Cure: Make it an `Option`.
// Good: Such a record could not be read, and it says what can.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    paid: bool,
}

fn main() {}
