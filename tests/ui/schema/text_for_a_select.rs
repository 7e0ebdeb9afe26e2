// Cause: A select is taken for a text.
// Cure: Derive `ClarifySelect` on an enum of its options.
// Good: It says what the field is in the workspace, and what a select is here.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    status: Option<String>,
}

fn main() {}
