// Cause: An argument is said in two attributes of one field.
// Cure: Keep one of them.
// Good: It finds the second one, wherever it stands.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique)]
    #[clarify(unique)]
    number: String,
}

fn main() {}
