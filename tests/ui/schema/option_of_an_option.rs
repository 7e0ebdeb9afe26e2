// Cause: A field that must have a value is an `Option` of an `Option`.
// Cure: Take both away.
// Good: Nothing says that the field is missing: it is there, with a mistake.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: Option<Option<String>>,
}

fn main() {}
