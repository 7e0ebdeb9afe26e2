// Cause: A field is renamed to two words.
// Cure: Use an underscore.
// Good: It shows the character, at the text.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename = "due date")]
    due: f64,
}

fn main() {}
