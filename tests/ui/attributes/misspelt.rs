// Cause: Arguments are misspelt.
// Cure: Write them as the help says.
// Good: It guesses what was meant, at each word.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(uniqe)]
    order_number: String,
}

fn main() {}
