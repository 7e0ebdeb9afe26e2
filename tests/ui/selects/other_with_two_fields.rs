// Cause: The `other` variant holds two values.
// Cure: Let it hold one `String`.
// Good: It shows the variant as it should be.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(other)]
    Other(String, u8),
}

fn main() {}
