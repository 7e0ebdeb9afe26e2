// Cause: Two variants are one option.
// Cure: Give one of them another text.
// Good: It names the text, at the second.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    InTransit,
    #[clarify(rename = "In Transit")]
    OnItsWay,
}

fn main() {}
