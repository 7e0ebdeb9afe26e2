// Cause: A text is taken for a select.
// Cure: Use a `String`.
// Good: It says what the field is in the workspace, and which type holds it.

use clarify_core::{ClarifyObject, ClarifySelect};

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    title: Option<Title>,
}

#[derive(ClarifySelect)]
enum Title {
    Short,
    Long,
}

fn main() {}
