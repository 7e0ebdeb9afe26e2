// Cause: A kind is misspelt.
// Cure: Write it as the help says.
// Good: It guesses what was meant, or lists all kinds.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(kind = "curency")]
    total: f64,
    #[clarify(kind = "money")]
    discount: f64,
}

fn main() {}
