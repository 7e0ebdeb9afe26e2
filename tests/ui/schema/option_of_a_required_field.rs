// Cause: A field that must have a value is an `Option`.
// Cure: Take the `Option` away.
// Good: It says whose rule it is, and what to change.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: Option<String>,
}

fn main() {}
