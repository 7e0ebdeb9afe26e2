// Cause: A variant is renamed to another's text.
// Cure: Give one of them another text.
// Good: It names the text.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(rename = "Draft")]
    New,
}

fn main() {}
