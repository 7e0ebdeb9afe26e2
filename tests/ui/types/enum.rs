// Cause: An enum derives an object.
// Cure: Derive `ClarifySelect`.
// Good: It says which derive is for enums.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
enum Status {
    Draft,
}

fn main() {}
