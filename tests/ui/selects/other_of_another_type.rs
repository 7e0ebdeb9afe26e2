// Cause: The `other` variant holds a number.
// Cure: Let it hold a `String`.
// Good: It says what to write, on the type.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(other)]
    Other(u8),
}

fn main() {}
