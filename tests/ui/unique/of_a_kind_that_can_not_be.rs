// Cause: A field of a kind that can't be matched on is unique.
// Cure: Mark a text, a number or a collection of texts.
// Good: It says what can be unique.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique, kind = "currency")]
    total: f64,
}

fn main() {}
