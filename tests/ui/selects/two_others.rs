// Cause: Two variants keep the unknown options.
// Cure: Mark one of them.
// Good: It names the first.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(other)]
    Other(String),
    #[clarify(other)]
    Unknown(String),
}

fn main() {}
