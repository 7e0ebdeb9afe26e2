// Cause: `checked` with a value.
// Cure: Write just `checked`.
// Good: It shows what to write.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(checked = true)]
struct Order {
    number: String,
}

fn main() {}
