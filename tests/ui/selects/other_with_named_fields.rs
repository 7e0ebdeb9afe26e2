// Cause: The `other` variant has named fields.
// Cure: Let it hold one `String`.
// Good: It shows the variant as it should be.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(other)]
    Other { text: String },
}

fn main() {}
