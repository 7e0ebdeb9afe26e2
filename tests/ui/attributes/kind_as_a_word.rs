// Cause: A kind stands without quotes.
// Cure: Write `kind = "currency"`.
// Good: It shows the argument with a text, at the word that lacks the quotes.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(kind = currency)]
    total: f64,
}

fn main() {}
