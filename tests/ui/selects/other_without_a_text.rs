// Cause: The `other` variant holds nothing.
// Cure: Let it hold a `String`.
// Good: It shows the variant as it should be.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(other)]
    Other,
}

fn main() {}
