// Cause: A field is renamed to begin with a digit.
// Cure: Begin with a letter.
// Good: It says how a name begins.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename = "2nd")]
    second: f64,
}

fn main() {}
